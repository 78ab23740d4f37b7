import {
  gather,
  makeReport,
  NO_SITE,
  type ReportClip,
  reportClips,
  reportPage,
} from "../analysis/report/mod.ts";
import { HOUR_MS } from "../core/mod.ts";
import { callSettings } from "../pipeline/calls/mod.ts";
import { writeText } from "../pipeline/places/mod.ts";
import { type ScoredHour, ScoreSet } from "../pipeline/scores/mod.ts";
import { scaleOf } from "./calibration.ts";
import { thresholdsOf } from "./call_arguments.ts";
import { CONVENTION } from "./convention.ts";
import { print, tell } from "./print.ts";
import { RawPositives } from "./raw_positives.ts";
import { accessOf, readingOf } from "./reading.ts";
import { ReadingProgress } from "./reading_progress.ts";
import { placesOfAudio } from "./report/places_of_audio.ts";
import { reportCommands } from "./report/report_commands.ts";
import type { ReportArguments } from "./report_arguments.ts";
import { scheduleNotes, scoreNotes } from "./score_notes.ts";
import { siteNamed } from "./site_named.ts";

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
