import { lostWords } from "../../pipeline/scores/mod.ts";
import { gapsByHour, identicalFiles, songNearGaps, songNearMoments } from "../artefacts/mod.ts";
import type { SensitivityRow } from "../presence/mod.ts";
import { effortBy, proportionOfTime } from "../season/mod.ts";
import { nameOf } from "./clips.ts";
import type { ReportInput } from "./gather.ts";
import { hoursText, percentText } from "./headline_section.ts";
import { type ReportSection, type ReportTable, reportTable } from "./report_model.ts";

const UNTOLD = "no score file, or none that says why";

/** Makes the section on what was scored, and with what. */
export function scoredSection(input: ReportInput): ReportSection {
  const { gathered, site, settings, notes } = input;
  const { manifest, versions, lost, hours } = gathered;
  const whole = proportionOfTime(hours);
  const years = effortBy(hours, "year");
  const get = (name: string): number => Number(whole.get(name, 0));
  const { threshold, off, median, gap, min } = settings;
  const facts: [string, string][] = [
    [
      "Place",
      site === undefined
        ? "not named (--site)"
        : `${site.title} (${site.latitude}°, ${site.longitude}°)`,
    ],
    ["Time", `${startOf(hours)} to ${endOf(hours)}, both UTC`],
    [
      "Effort",
      `${hoursText(get("effort_s"))} with scores of ${hoursText(get("possible_s"))} ` +
      `(${percentText(get("effort_s") / get("possible_s"))})`,
    ],
    ["Detector", [...input.detectors.keys()].join(", ") || "unknown: the scores have no manifest"],
    [
      "Recipe",
      manifest
        ? `${manifest.recipe}, gain ${manifest.gain}, channel ${manifest.channel}` +
          (input.fingerprints.length > 1 ? ", in the first hour" : "")
        : "unknown",
    ],
    ["Fingerprint", input.fingerprints.join(", ") || "unknown"],
    [
      "Threshold",
      `${threshold}${off !== undefined && off < threshold ? `, down to ${off}` : ""} of ` +
      `${input.calibration === undefined ? "" : "the probability by "}` +
      `the running median of ${median} s; gaps up to ${gap} s joined, bouts from ${min} s` +
      (input.chosenThreshold ? "" : " (0.5 is a convention, no more: nobody chose it)"),
    ],
    ["Scored with", [...versions].join(", ") || "unknown"],
  ];
  const told = lost.reduce((sum, { seconds }) => sum + seconds, 0);
  const untold = get("possible_s") - get("effort_s") - told;
  const reasons = lost.map((one) => [lostWords(one), one.seconds] as const);
  const missing = [...reasons, [UNTOLD, untold] as const].filter(([, seconds]) => seconds > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([reason, seconds]) => [reason, Number((seconds / 3600).toFixed(2))]);
  return {
    id: "scored",
    heading: "What was scored",
    facts,
    list: notes,
    tables: [
      reportTable("Effort by years (UTC)", years),
      { caption: "Why there was no effort", columns: ["reason", "hours"], rows: missing },
    ],
  };
}

function startOf(hours: ReportInput["gathered"]["hours"]): string {
  return iso(hours.startMs[0]);
}

function endOf(hours: ReportInput["gathered"]["hours"]): string {
  return iso(hours.startMs[hours.startMs.length - 1] + hours.cellMs);
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Is it the whales or the recorder? */
export function recorderSection({ gathered }: ReportInput): ReportSection {
  const { minutes, files } = gathered;
  const begins = songNearMoments(minutes, files.map(({ start }) => new Date(start)));
  return {
    id: "recorder",
    heading: "Is it the recorder?",
    paragraphs: [
      "Whales do not react to files or maintenance hours. If song is more, or less, near " +
      "where files or effort begin and end than a little farther off, or follows the hours in which " +
      "gaps begin, look at the audio there. A recording that is there under two names counts its song twice.",
    ],
    tables: [
      reportTable("Song within 2 min of where a file begins, beside up to 20 min from it", begins),
      reportTable(
        "Song within 10 min of a gap, beside up to an hour from it",
        songNearGaps(minutes),
      ),
      reportTable("Gaps by the hour that they begin in (UTC)", gapsByHour(minutes)),
      sameBytes(gathered.files),
    ],
  };
}

function sameBytes(files: ReportInput["gathered"]["files"]): ReportTable {
  return {
    caption: "Recordings of the same bytes under several names, by size and ETag",
    columns: ["group", "file", "start"],
    rows: identicalFiles(files).flatMap((group, i) =>
      group.map(({ uri, start }) => [i + 1, nameOf(uri), start])
    ),
  };
}

/**
 * Makes the table of how bouts and presence change with the threshold.
 *
 * @param rows What thresholds make of the scores.
 * @returns A row a threshold: `threshold`, `calls`, `calls_per_hour` of effort, `call_s`, `naive`
 * (song over effort), `hours_with_song`, `hours_heard`; nothing where nothing was heard.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const hour = { effortSeconds: 3600, hours: 1, presentHours: 1 };
 * const row = { threshold: 0.5, bouts: 2, positiveSeconds: 900, ...hour };
 * assert.deepEqual(thresholdTable([row]).rows, [[0.5, 2, 2, 900, 0.25, 1, 1]]);
 * ```
 */
export function thresholdTable(rows: readonly SensitivityRow[]): ReportTable {
  const share = (part: number, whole: number): number | null =>
    whole === 0 ? null : Number((part / whole).toPrecision(5));
  return {
    caption: "Bouts and presence by threshold",
    columns: [
      "threshold",
      "calls",
      "calls_per_hour",
      "call_s",
      "naive",
      "hours_with_song",
      "hours_heard",
    ],
    rows: rows.map((row) => [
      row.threshold,
      row.bouts,
      share(3600 * row.bouts, row.effortSeconds),
      row.positiveSeconds,
      share(row.positiveSeconds, row.effortSeconds),
      row.presentHours,
      row.hours,
    ]),
  };
}
