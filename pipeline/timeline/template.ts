import { DAY_MS, formatUtc, HOUR_MS, MegapteraError, type TimeZone } from "../../core/mod.ts";
import type { ListedRecording, RecordingList } from "./recording_list.ts";
import { findStamps } from "./stamps.ts";
import { recordingStart } from "./start_time.ts";

/** A day to try on what a template says beside its fields: no other digits are like it. */
const SAMPLE_DAY = "2017-11-23";
const FIELD = /\{([^{}]*)\}/g;

/** What may stand in braces, from the clock's parts. */
const FIELDS: Record<string, (iso: string) => string> = {
  YYYY: (iso) => iso.slice(0, 4),
  MM: (iso) => iso.slice(5, 7),
  DD: (iso) => iso.slice(8, 10),
  HH: (iso) => iso.slice(11, 13),
  YYYYMMDD: (iso) => iso.slice(0, 10).replaceAll("-", ""),
};

/** Tells whether a source is a template rather than a place. */
export function isTemplate(source: string): boolean {
  return source.search(FIELD) >= 0;
}

/**
 * The recordings that a template names: one a day, or one an hour where it has `{HH}`. Each starts
 * when its name says, the template's own minutes and zone included, which is also the latest that the
 * one before it ends.
 *
 * @param template A path or URI with `{YYYY}`, `{MM}`, `{DD}`, `{YYYYMMDD}`, `{HH}` in it.
 * @param timeZone The zone of its times where it gives none; UTC unless given. A time that summer
 * time skips names no recording; one that its end repeats names the first of the two.
 * @returns The list.
 * @throws {MegapteraError} `usage` where a field is unknown, they do not make up a day, or what stands
 * beside them does not tell the time of day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const list = templateList("s3://bucket/{YYYY}/{MM}/MARS-{YYYYMMDD}T123000Z.wav");
 * const [, second] = list.between(Date.UTC(2021, 0, 1), Date.UTC(2021, 0, 2));
 * assert.equal(second.place, "s3://bucket/2021/01/MARS-20210101T123000Z.wav");
 * assert.equal(second.startMs, Date.UTC(2021, 0, 1, 12, 30));
 * ```
 */
export function templateList(template: string, timeZone?: TimeZone): RecordingList {
  const names = [...template.matchAll(FIELD)].map(([, name]) => name);
  const unknown = names.find((name) => !(name in FIELDS));
  if (unknown !== undefined) {
    throw unusable(
      template,
      `{${unknown}} is no field: the fields are ` +
        Object.keys(FIELDS).map((name) => `{${name}}`).join(", "),
    );
  }
  const isDay = names.includes("YYYYMMDD") || ["YYYY", "MM", "DD"].every((n) => names.includes(n));
  if (!isDay) {
    throw unusable(
      template,
      "its fields do not make up a day: it needs {YYYYMMDD}, or {YYYY}, {MM} and {DD}",
    );
  }
  const unitMs = names.includes("HH") ? HOUR_MS : DAY_MS;
  const { delayMs, hasZone } = timeOfDay(template);
  const startsOf = (wallMs: number): readonly number[] =>
    hasZone || timeZone === undefined ? [wallMs] : timeZone.instants(wallMs);
  const zone = hasZone || timeZone ? {} : { isZoneAssumed: true } as const;
  return {
    name: template,
    notes: [],
    between: (startMs, stopMs) => {
      // Clocks are up to 14 h from UTC, and times of day up to a day from its start.
      const firstWall = Math.floor((startMs - 2 * DAY_MS) / unitMs) * unitMs;
      const units: ListedRecording[] = [];
      for (let wallMs = firstWall; wallMs < stopMs + DAY_MS; wallMs += unitMs) {
        const [unitStart, second] = startsOf(wallMs + delayMs);
        if (unitStart === undefined) continue;
        const iso = new Date(wallMs).toISOString();
        const place = template.replace(FIELD, (_, name) => FIELDS[name](iso));
        const note = second === undefined
          ? {}
          : { note: `${place} may start at ${formatUtc(unitStart)} or ${formatUtc(second)}.` };
        units.push({ place, startMs: unitStart, resolutionMs: 1000, ...zone, ...note });
      }
      const ended = units.map((unit, i) => ({
        ...unit,
        stopMs: units[i + 1]?.startMs ?? unit.startMs + unitMs,
      }));
      const first = ended.findIndex((unit) => unit.startMs >= startMs);
      return ended.slice(Math.max(0, first - 1)).filter((unit) => unit.startMs < stopMs);
    },
  };
}

/**
 * Reads what a template says beside its fields, as it would be read in a name.
 *
 * @returns How far its recordings start behind the fields' own time as if that were UTC, and whether
 * it gives a zone, which is in it then.
 */
function timeOfDay(template: string): { delayMs: number; hasZone: boolean } {
  const name = template.slice(template.lastIndexOf("/") + 1);
  const [last] = [...template.matchAll(FIELD)].slice(-1);
  const tail = template.slice(last.index + last[0].length).replaceAll("/", "_");
  const before = name.slice(0, Math.max(0, name.length - tail.length)).split(FIELD)
    .filter((_, i) => i % 2 === 0).join("_");
  const hour = template.indexOf("{HH}");
  // Minutes stand behind the hour, wherever that stands.
  const behindHour = hour < 0 || last[1] === "HH"
    ? ""
    : template.slice(hour + 4).split("{")[0].replace(/[^0-9]+$/, "");
  const [day, fieldsMs] = hour < 0
    ? [SAMPLE_DAY, Date.parse(SAMPLE_DAY)]
    : [`${SAMPLE_DAY}T13`, Date.parse(`${SAMPLE_DAY}T13:00Z`)];
  const rest = behindHour + tail;
  const fault = (reason: string): MegapteraError =>
    unusable(
      template,
      `${reason}: write the time of day as T123000Z, or {HH}3000Z, behind the day`,
    );
  if (hour >= 0 && /^[-_.]\d\d(?![-_.]?\d)/.test(rest)) {
    throw fault(`${rest.slice(0, 3)} behind {HH} may be minutes, a zone or neither`);
  }
  if (hour < 0 && /^-\d{4}(?!\d)/.test(rest)) {
    throw fault(`${rest.slice(0, 5)} behind the day may be a time or a zone`);
  }
  const samples = [day, day.replaceAll("-", "")].map((digits) => `${before}_${digits}${rest}`);
  const sample = samples.find((one) => findStamps(one).length > 0);
  if (sample === undefined && hour < 0 && /(?<!\d)(?:\d{4}|\d{6})(?!\d)/.test(tail)) {
    throw fault(`the digits in ${tail} may be its time of day`);
  }
  const whole = sample ?? `${before}_${day}${hour < 0 ? "T00" : ""}:00:00${rest}`;
  try {
    const { startMs, isZoneAssumed = false } = recordingStart(whole);
    return { delayMs: startMs - fieldsMs, hasZone: !isZoneAssumed };
  } catch (error) {
    if (!(error instanceof MegapteraError)) throw error;
    throw fault(`"${rest}" beside its fields is no time of day and zone that can be read`);
  }
}

function unusable(template: string, reason: string): MegapteraError {
  return new MegapteraError("usage", `Cannot use the template ${template} as ${reason}.`);
}
