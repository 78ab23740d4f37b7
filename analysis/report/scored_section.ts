import { lostWords } from "../../pipeline/scores/mod.ts";
import { effortBy, proportionOfTime } from "../season/mod.ts";
import type { ReportInput } from "./report_input.ts";
import type { ReportSection } from "./report_model.ts";
import { reportTable } from "./report_table.ts";

const UNTOLD = "no score file, or none that says why";

/** What was scored, and the answer in one line. */
export function scoredSection(input: ReportInput): ReportSection {
  const { gathered, site, settings, notes } = input;
  const { manifest, versions, lost, hours, calls } = gathered;
  const whole = proportionOfTime(hours);
  const years = effortBy(hours, "year");
  const get = (name: string): number => Number(whole.get(name, 0));
  const percent = (share: number): string =>
    Number.isNaN(share) ? "nothing was heard" : `${(100 * share).toFixed(1)} %`;
  const interval = whole.get("trust", 0) === "descriptive"
    ? "too little for an interval"
    : `95 % interval ${percent(get("low"))} to ${percent(get("high"))}, ${whole.get("trust", 0)}`;
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
      `${(get("effort_s") / 3600).toFixed(1)} h with scores of ` +
      `${(get("possible_s") / 3600).toFixed(1)} h (${
        percent(get("effort_s") / get("possible_s"))
      })`,
    ],
    ["Song", `${percent(get("proportion"))} of the time (${interval})`],
    ["Calls", `${calls.count}, ${(calls.seconds / 3600).toFixed(1)} h in all`],
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
      `the running median of ${median} s; gaps up to ${gap} s joined, calls from ${min} s` +
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
  return iso(Number(hours.get("start", 0)));
}

function endOf(hours: ReportInput["gathered"]["hours"]): string {
  return iso(Number(hours.get("start", hours.numRows() - 1)) + 3_600_000);
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
