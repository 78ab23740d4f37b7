import type { ColumnTable } from "arquero";
import { dayOf } from "../../core/mod.ts";
import { seasonChart } from "../charts/mod.ts";
import { byLight } from "../diel/mod.ts";
import type { PresenceColumns } from "../presence/mod.ts";
import { byMonth, proportionOfTime } from "../season/mod.ts";
import { type ReportInput, subtitleOf } from "./gather.ts";
import type { ReportSection } from "./report_model.ts";

/** Makes the top of the page: the answer in a few figures, and one picture. */
export function headlineSection(input: ReportInput): ReportSection {
  const { hours, bouts } = input.gathered;
  const months = byMonth(hours);
  const whole = proportionOfTime(hours).object(0) as Record<string, unknown>;
  const [effort, possible] = [Number(whole.effort_s), Number(whole.possible_s)];
  return {
    id: "headline",
    heading: "In short",
    figures: [
      [
        hoursText(effort),
        `heard of ${hoursText(possible)} (${percentText(effort / possible)}), ${spanText(hours)}`,
      ],
      [percentText(Number(whole.proportion)), `of the time had song${intervalText(whole)}`],
      ...peakFigure(months),
      daysFigure(hours),
      ...lightFigure(input),
      [
        countText(bouts.count, "bout"),
        bouts.count === 0
          ? `at a threshold of ${input.settings.threshold}`
          : `of song, ${hoursText(bouts.seconds)} in all, at a threshold of ` +
            `${input.settings.threshold}`,
      ],
    ],
    charts: [
      seasonChart({ title: "Song in each month", subtitle: subtitleOf(input), months }),
    ],
  };
}

/** Says the 95 % interval of all the time, where there is one. */
function intervalText({ trust, low, high }: Record<string, unknown>): string {
  if (trust === "descriptive") return " (too little was heard for an interval)";
  const word = trust === "sound" ? "" : `, ${trust}`;
  return ` (95 % interval ${percentText(Number(low))} to ${percentText(Number(high))}${word})`;
}

function peakFigure(months: ColumnTable): [string, string][] {
  const rows = months.objects() as { start: Date; proportion: number }[];
  if (rows.length < 2) return [];
  const [peak] = rows.filter(({ proportion }) => proportion > 0)
    .toSorted((a, b) => b.proportion - a.proportion);
  if (!peak) return [];
  const month = new Date(peak.start).toLocaleDateString("en", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return [[month, `had most song: ${percentText(peak.proportion)} of its time`]];
}

function daysFigure({ startMs, effort, positive }: PresenceColumns): [string, string] {
  const [heard, song] = [new Set<number>(), new Set<number>()];
  let [hoursHeard, hoursWithSong] = [0, 0];
  effort.forEach((seconds, i) => {
    if (seconds === 0) return;
    hoursHeard++;
    heard.add(dayOf(startMs[i]));
    if (positive[i] === 0) return;
    hoursWithSong++;
    song.add(dayOf(startMs[i]));
  });
  const grouped = (count: number): string => count.toLocaleString("en");
  return [
    `${grouped(song.size)} of ${countText(heard.size, "day")}`,
    `had any song; ${grouped(hoursWithSong)} of ${countText(hoursHeard, "hour")}`,
  ];
}

function lightFigure({ gathered, site }: ReportInput): [string, string][] {
  if (site === undefined) return [];
  const rows = byLight(gathered.minutes, site).objects() as Record<string, unknown>[];
  const [night, day] = ["night", "day"].map((light) =>
    Number(rows.find((row) => row.light === light)?.same_days ?? NaN)
  );
  if (Number.isNaN(night + day)) return [];
  return [[
    `${percentText(night)} of the night`,
    `had song, and ${percentText(day)} of the day, on the same days`,
  ]];
}

function spanText({ startMs, cellMs }: PresenceColumns): string {
  const day = (ms: number): string =>
    new Date(ms).toLocaleDateString("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
  const [first, last] = [day(startMs[0]), day(startMs[startMs.length - 1] + cellMs - 1)];
  return first === last ? `on ${first} (UTC)` : `from ${first} to ${last} (UTC)`;
}

/**
 * Says a share in per cent as people do, with two or three digits.
 *
 * @param share 0 to 1; NaN where nothing was heard.
 * @returns Such as `18 %`, `0.23 %` or `not known`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.1804, 0.00231, 1].map(percentText), ["18 %", "0.23 %", "100 %"]);
 * ```
 */
export function percentText(share: number): string {
  if (Number.isNaN(share)) return "not known";
  const most = share > 0.99 && share < 1 ? 3 : 2;
  return `${(100 * share).toLocaleString("en", { maximumSignificantDigits: most })} %`;
}

/**
 * Says a length of time in hours, minutes and seconds as people do.
 *
 * @param seconds The length, at least 0.
 * @returns Such as `764 h`, `3 h 20 min` or `12 min`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([4225.4 * 3600, 12_000, 720].map(hoursText), ["4,225 h", "3 h 20 min", "12 min"]);
 * assert.deepEqual([64, 59.9, 599.9].map(hoursText), ["1 min 4 s", "1 min", "10 min"]);
 * ```
 */
export function hoursText(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < 599.5) {
    const rest = Math.round(seconds) % 60;
    return `${Math.floor(Math.round(seconds) / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
  }
  if (minutes < 60) return `${minutes} min`;
  if (minutes >= 6000) return `${Math.round(seconds / 3600).toLocaleString("en")} h`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}

/** Says a count of things: `1 bout`, `2,282 bouts`. */
export function countText(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}
