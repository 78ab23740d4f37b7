import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  gather,
  makeReport,
  nameOf,
  NO_SITE,
  type ReportClip,
  reportClips,
  reportPage,
} from "../analysis/report/mod.ts";
import { HOUR_MS, isAddress, MegapteraError, TimeZone, VERSION } from "../core/mod.ts";
import { type BoutOptions, boutSettings } from "../pipeline/bouts/mod.ts";
import { listFiles, writeText } from "../pipeline/places/mod.ts";
import { type ScoredHour, ScoreSet } from "../pipeline/scores/mod.ts";
import { findRecordings, type SaidSchedule } from "../pipeline/timeline/mod.ts";
import {
  addBoutOptions,
  type BoutArguments,
  CONVENTION,
  scaleOf,
  thresholdsOf,
} from "./bout_options.ts";
import type { Environment } from "./environment.ts";
import { commandLine, optionWords, scheduleWords } from "./next.ts";
import { onDisk, scheduleOption } from "./option_values.ts";
import { print, tell } from "./print.ts";
import { readingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading_options.ts";
import { RawPositives, scheduleNotes, scoreNotes } from "./score_notes.ts";
import { siteNamed } from "./text_files.ts";

const ONE_HOUR = "There is a single hour of scores: the one after it is shown as not heard.";

/** The options of `report`, checked. */
interface ReportArguments extends BoutArguments {
  /** Nothing where none was named. */
  site?: string;
  sites?: string;
  zone?: string;
  schedule?: SaidSchedule;
  out: string;
  audio?: string;
  clips: number;
  seed: number;
}

function whole(most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  };
}

/** Adds `report`. */
export function addReport(program: Command, { signal }: Environment): void {
  addBoutOptions(program.command("report"))
    .option("--site <name>", "where the hydrophone stands: mars, sanctsound-mb01, or of --sites")
    .option("--sites <file>", "your own sites, as JSON")
    .option(
      "--zone <name>",
      "IANA zone whose hours of the day are shown; else the sun's, UTC without a site",
    )
    .addOption(scheduleOption())
    .option("--out <file>", "where the page goes", onDisk, "report.html")
    .option("--audio <folder>", "where the recordings are, for clips; else below the scores")
    .addOption(
      new Option("--clips <n>", "how many of the best bouts, and of random ones")
        .argParser(whole(100)).default(9),
    )
    .addOption(
      new Option("--seed <n>", "what the random sample is drawn from")
        .argParser(whole(4_294_967_295)).default(1),
    )
    .description("make one page with figures, tables and a methods text")
    .argument("<scores>", "folder of hourly score files")
    .action((folder: string, options: ReportArguments) => report(folder, options, signal));
}

/** Writes one page with the answers. */
async function report(
  folder: string,
  options: ReportArguments,
  signal: AbortSignal,
): Promise<void> {
  const { median, edges, gap, min, clips, seed } = options;
  const saidBouts = { ...thresholdsOf(options), median, edges, gap, min };
  const site = options.site === undefined
    ? undefined
    : await siteNamed(options.site, options.sites);
  const zone = options.zone === undefined ? undefined : new TimeZone(options.zone);
  const placeOf = await placesOfAudio(options.audio, folder);
  const { calibrator, calibration } = await scaleOf(options);
  using access = accessOf(options, signal);
  const said = options.schedule;
  const set = await ScoreSet.open(folder, { ...readingOf(options, access), schedule: said });
  const settings = await boutSettings(set, saidBouts);
  const raw = new RawPositives(settings, calibrator);
  const progress = readingProgress(set.hours);
  const onHour = ({ scores }: ScoredHour): void => {
    raw.add(scores);
    progress.onHour();
  };
  const kept = { best: clips, random: clips, seed };
  const gathered = await gather(set, { ...settings, calibrator, ...kept, onHour })
    .finally(() => progress.stop());
  const chosenThreshold = options.threshold !== undefined || options.on !== undefined;
  const { bouts } = gathered;
  const scheduled = scheduleNotes(gathered.schedule, said !== undefined);
  const filtered = raw.notes(gathered.hours.positive.reduce((sum, seconds) => sum + seconds, 0));
  const unnamed = site === undefined ? [NO_SITE] : [];
  const clip = { access, zone, notices: [...set.origin.notices] };
  const bestClips = await reportClips(folder, bouts.best, placeOf, clip);
  const randomClips = await reportClips(folder, bouts.sample, placeOf, clip);
  const page = await reportPage(makeReport({
    gathered,
    scores: folder,
    site,
    zone,
    settings,
    calibrator,
    calibration,
    chosenThreshold,
    detectors: set.origin.detectors,
    fingerprints: [...set.origin.fingerprints.keys()],
    classes: set.origin.classes,
    windowSeconds: set.origin.windowSeconds,
    notices: [...set.origin.notices],
    notes: [
      ...scoreNotes(set),
      ...scheduled,
      ...filtered,
      ...unnamed,
      ...calibration === undefined ? [] : [calibration],
      ...set.stopMs - set.startMs > HOUR_MS ? [] : [ONE_HOUR],
      ...chosenThreshold ? [] : [CONVENTION],
    ],
    seed,
    bestClips,
    randomClips,
    commands: reportCommands(folder, options, settings, set),
  }));
  await writeText(options.out, page);
  const silent = silentNotes([...bestClips, ...randomClips]);
  for (const note of [...scoreNotes(set), ...scheduled, ...filtered, ...unnamed, ...silent]) {
    tell(`note: ${note}`);
  }
  print(
    `${bouts.count} bout${bouts.count === 1 ? "" : "s"} in ${set.hours} hour` +
      `${set.hours === 1 ? "" : "s"} of scores, ` +
      `${(page.length / 1e6).toFixed(1)} MB: ${options.out}`,
  );
  tell(`Next: open ${options.out} in a browser; it needs no network.`);
}

/** Says how many bouts are shown without their audio. */
function silentNotes(clips: readonly ReportClip[]): string[] {
  const missing = clips.flatMap(({ missing }) => missing ?? []);
  if (missing.length === 0) return [];
  return [
    `${missing.length} of ${clips.length} bouts are shown without their audio: ${missing[0]}`,
  ];
}

/**
 * Finds where recordings are at hand, by the URIs that manifests have for them. Scores may come from
 * anybody, so what their manifests name is taken only from where the user has pointed to: by its name
 * from a folder or prefix of recordings, or by its path from below the scores' own folder.
 *
 * @param audio The folder of recordings, or `s3://bucket/prefix`.
 * @param scores The folder of scores.
 * @returns Tells the place of a recording; nothing where it is not at hand, or where there are
 * several of its name.
 * @throws {MegapteraError} `data` where there is no such folder, or no recording in it.
 */
export async function placesOfAudio(
  audio: string | undefined,
  scores?: string,
): Promise<(uri: string) => string | undefined> {
  if (audio === undefined) return scores === undefined ? () => undefined : below(scores);
  const byName = new Map<string, string | undefined>();
  for (const { name, place } of await named(audio)) {
    byName.set(name, byName.has(name) ? undefined : place);
  }
  return (uri) => byName.get(nameOf(uri));
}

/** Finds recordings that lie below a folder itself, wherever links lead. */
function below(folder: string): (uri: string) => string | undefined {
  return (uri) => {
    // Another machine would be asked for file://machine/share.
    if (!uri.startsWith("file:///")) return undefined;
    try {
      const file = Deno.realPathSync(fileURLToPath(uri));
      const isBelow = file.startsWith(Deno.realPathSync(folder) + sep);
      return isBelow && Deno.statSync(file).isFile ? file : undefined;
    } catch {
      return undefined;
    }
  };
}

async function named(audio: string): Promise<{ name: string; place: string }[]> {
  if (isAddress(audio)) {
    return await Array.fromAsync(
      listFiles(audio),
      ({ uri }) => ({ name: nameOf(uri), place: uri }),
    );
  }
  const isFolder = await Deno.stat(audio).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) {
    throw new MegapteraError(
      "data",
      `Cannot find recordings in ${audio} as there is no such folder.`,
    );
  }
  return (await findRecordings([audio])).paths.map((place) => ({ name: basename(place), place }));
}

/**
 * Spells out the commands that make a report again, with every option.
 *
 * @param folder The scores.
 * @param options The options of `report`.
 * @param settings The settings by which scores became bouts.
 * @param set The scores, read.
 * @returns Lines for a shell.
 */
function reportCommands(
  folder: string,
  options: ReportArguments,
  { median, gap, min }: Pick<BoutOptions, "median" | "gap" | "min">,
  { origin }: ScoreSet,
): string[] {
  const { threshold = 0.5, on, off } = options;
  const thresholds = on === undefined ? ["--threshold", threshold] : ["--on", on, "--off", off];
  const access = optionWords(options, "endpoint", "region", "unsigned");
  const settings = [
    ...["--median", median, "--edges", options.edges, "--gap", gap, "--min", min],
    ...optionWords(options, "calibration", "nominalClock", "mixed"),
  ];
  const line = (name: string, ...more: readonly unknown[]): string =>
    commandLine([name, folder, ...access, ...more]);
  const withSettings = (name: string, more: readonly unknown[]): string =>
    line(name, ...thresholds, ...settings, ...more);
  const schedule = scheduleWords(options.schedule);
  return [
    `# Megaptera ${VERSION}; scores of fingerprint ${[...origin.fingerprints.keys()].join(", ")}`,
    line("verify", "--deep"),
    withSettings("presence", [...schedule, "--by", "hour", "--out", "presence.csv"]),
    withSettings("calls", ["--out", "calls.csv"]),
    line("calls", ...settings, "--sensitivity"),
    withSettings("report", [
      ...optionWords(options, "site", "sites", "zone"),
      ...schedule,
      ...optionWords(options, "audio", "clips", "seed", "out"),
    ]),
  ];
}
