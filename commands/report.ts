import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import {
  gather,
  makeReport,
  nameOf,
  NO_SITE,
  type ReportClip,
  reportClips,
  reportPage,
} from "../analysis/report/mod.ts";
import { HOUR_MS, isAddress, MegapteraError } from "../core/mod.ts";
import { callSettings } from "../pipeline/calls/mod.ts";
import { listFiles, writeText } from "../pipeline/places/mod.ts";
import { type ScoredHour, ScoreSet } from "../pipeline/scores/mod.ts";
import { findRecordings } from "../pipeline/timeline/mod.ts";
import { CONVENTION, RawPositives, scaleOf } from "./calibration.ts";
import { thresholdsOf } from "./call_arguments.ts";
import { print, tell } from "./print.ts";
import { ReadingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading.ts";
import { reportCommands } from "./report/report_commands.ts";
import type { ReportArguments } from "./report_arguments.ts";
import { scheduleNotes, scoreNotes } from "./score_notes.ts";
import { siteNamed } from "./text_files.ts";

const ONE_HOUR = "There is a single hour of scores: the one after it is shown as not heard.";

/**
 * `report SCORES`: one page with the answers.
 *
 * @returns The exit code, 0.
 */
export async function report(
  folder: string,
  options: ReportArguments,
  signal: AbortSignal,
): Promise<number> {
  const { median, edges, gap, min, clips, seed } = options;
  const saidCalls = { ...thresholdsOf(options), median, edges, gap, min };
  const site = options.site === undefined
    ? undefined
    : await siteNamed(options.site, options.sites);
  const placeOf = await placesOfAudio(options.audio, folder);
  const { calibrator, calibration } = await scaleOf(options);
  using access = accessOf(options, signal);
  const said = options.schedule;
  const set = await ScoreSet.open(folder, { ...readingOf(options, access), schedule: said });
  const settings = await callSettings(set, saidCalls);
  const raw = new RawPositives(settings, calibrator);
  const progress = new ReadingProgress(set.hours);
  const onHour = ({ scores }: ScoredHour): void => {
    raw.add(scores);
    progress.onHour();
  };
  const kept = { best: clips, random: clips, seed };
  const gathered = await gather(set, { ...settings, calibrator, ...kept, onHour })
    .finally(() => progress.stop());
  const chosenThreshold = options.threshold !== undefined || options.on !== undefined;
  const { calls } = gathered;
  const scheduled = scheduleNotes(gathered.schedule, said !== undefined);
  const callSeconds = Array.from(gathered.hours.array("call_s") as Iterable<number>);
  const filtered = raw.notes(callSeconds.reduce((sum, seconds) => sum + seconds, 0));
  const unnamed = site === undefined ? [NO_SITE] : [];
  const bestClips = await reportClips(folder, calls.best, placeOf, access);
  const randomClips = await reportClips(folder, calls.sample, placeOf, access);
  const page = await reportPage(makeReport({
    gathered,
    scores: folder,
    site,
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
    `${calls.count} call${calls.count === 1 ? "" : "s"} in ${set.hours} hour` +
      `${set.hours === 1 ? "" : "s"} of scores, ` +
      `${(page.length / 1e6).toFixed(1)} MB: ${options.out}`,
  );
  return 0;
}

/** What is said of calls whose audio can't be shown. */
function silentNotes(clips: readonly ReportClip[]): string[] {
  const missing = clips.flatMap(({ missing }) => missing ?? []);
  if (missing.length === 0) return [];
  return [
    `${missing.length} of ${clips.length} calls are shown without their audio: ${missing[0]}`,
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

/** Finds what lies below a folder itself, wherever links lead. */
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
