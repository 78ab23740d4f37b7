import { VERSION, withoutSecrets } from "../../core/mod.ts";
import type { CallOptions } from "../../pipeline/calls/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import type { SaidSchedule } from "../../pipeline/timeline/mod.ts";
import type { ReportArguments } from "../report_arguments.ts";

/**
 * The commands that make a report again, every option spelt out.
 *
 * @param folder The scores.
 * @param options The options of `report`.
 * @param settings How scores became calls.
 * @param set The scores, read.
 * @returns Lines for a shell.
 */
export function reportCommands(
  folder: string,
  options: ReportArguments,
  { median, gap, min }: Pick<CallOptions, "median" | "gap" | "min">,
  { origin }: ScoreSet,
): string[] {
  const { threshold = 0.5, on, off, endpoint, region, unsigned, calibration } = options;
  const thresholds = on === undefined ? ["--threshold", threshold] : ["--on", on, "--off", off];
  const access = [
    ...endpoint === undefined ? [] : ["--endpoint", endpoint],
    ...region === undefined ? [] : ["--region", region],
    ...unsigned ? ["--unsigned"] : [],
  ];
  const settings = [
    ...["--median", median, "--edges", options.edges, "--gap", gap, "--min", min],
    ...calibration === undefined ? [] : ["--calibration", calibration],
    ...options.nominalClock ? ["--nominal-clock"] : [],
    ...options.mixed ? ["--mixed"] : [],
  ];
  const line = (name: string, ...more: readonly unknown[]): string =>
    ["deno task", name, folder, ...access, ...more].map((word) =>
      quote(withoutSecrets(String(word)))
    ).join(" ");
  const call = (name: string, more: readonly unknown[]): string =>
    line(name, ...thresholds, ...settings, ...more);
  const site = options.site === undefined ? [] : ["--site", options.site];
  const sites = options.sites === undefined ? [] : ["--sites", options.sites];
  const schedule = options.schedule === undefined ? [] : ["--schedule", saidText(options.schedule)];
  const audio = options.audio === undefined ? [] : ["--audio", options.audio];
  return [
    `# Megaptera ${VERSION}; scores of fingerprint ${[...origin.fingerprints.keys()].join(", ")}`,
    line("verify", "--deep"),
    call("presence", [...schedule, "--by", "hour", "--out", "presence.csv"]),
    call("calls", ["--out", "calls.csv"]),
    line("calls", ...settings, "--sensitivity"),
    call("report", [
      ...site,
      ...sites,
      ...schedule,
      ...audio,
      "--clips",
      options.clips,
      "--seed",
      options.seed,
      "--out",
      options.out,
    ]),
  ];
}

/** A schedule as `--schedule` takes it. */
function saidText(said: SaidSchedule): string {
  return said === "continuous" ? said : `${said.onMs / 1000}s/${said.periodMs / 1000}s`;
}

/** A word as a POSIX shell takes it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) || word === "deno task"
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
