import type { Command } from "commander";
import { EXIT_CODES, formatUtc, MegapteraError } from "../core/mod.ts";
import {
  openRecording,
  type RecordingNeeds,
  type Survey,
  survey,
  unmetNeed,
} from "../pipeline/audio/mod.ts";
import { detectorRateHz } from "../pipeline/detector/mod.ts";
import { DEAD_SECONDS } from "../pipeline/scoring/mod.ts";
import {
  describeRecording,
  findRecordings,
  type Gap,
  mixedRecorders,
  type Overlap,
  recordingStart,
  type RecordingStartOptions,
  runStopMs,
  type SaidSchedule,
  Schedule,
  timeline,
  type TimelineEntry,
  zonelessNote,
} from "../pipeline/timeline/mod.ts";
import { DEFAULT_MODEL } from "./detector_options.ts";
import type { Environment } from "./environment.ts";
import { optionWords, scheduleWords, tellNext } from "./next.ts";
import { scheduleOption } from "./option_values.ts";
import { print, tell } from "./print.ts";
import {
  addClockOptions,
  channelOption,
  type ClockArguments,
  clockOf,
} from "./recording_options.ts";
import { duration } from "./words.ts";

/** The options of `inspect`, checked. */
interface InspectArguments extends Omit<ClockArguments, "recordingStart"> {
  schedule?: SaidSchedule;
  channel: number;
}

interface Inspected {
  path: string;
  /** The file's entry, or one a stretch where it tells when its stretches were recorded. */
  entries: readonly TimelineEntry[];
  frames: number;
  survey: Survey;
  notes: readonly string[];
}

/** Most paths that are repeated where the next command is named. */
const MOST_NAMED = 3;

/** Adds `inspect`. */
export function addInspect(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addClockOptions(program.command("inspect"))
    .addOption(scheduleOption())
    .addOption(channelOption())
    .description(
      "list recordings: start, length, rate, level, clipping, dead audio, gaps, overlaps",
    )
    .argument("<path...>", "WAV or FLAC files, or folders of them")
    .action(async (paths: string[], options: InspectArguments) =>
      finish(await inspect(paths, options, environment))
    );
}

/**
 * Lists recordings, and what would keep `score` from them.
 *
 * @returns The exit code: 0, or 65 where a recording, or a part of one, can't be scored.
 */
async function inspect(
  paths: readonly string[],
  options: InspectArguments,
  environment: Environment,
): Promise<number> {
  const { signal } = environment;
  const clock = clockOf(options);
  const good: Inspected[] = [];
  const faults: string[] = [];
  const { channel } = options;
  const needs = { channel, detectorRateHz: await detectorRateHz(DEFAULT_MODEL) };
  const { paths: files, notes } = await findRecordings(paths);
  for (const [done, path] of files.entries()) {
    signal.throwIfAborted();
    if (files.length > 1) tell(`${done + 1} of ${files.length}: ${path}`);
    try {
      good.push(await inspectFile(path, needs, clock, signal));
    } catch (error) {
      if (!(error instanceof MegapteraError)) throw error;
      faults.push(error.message);
    }
  }
  const all = good.flatMap(({ entries }) => entries);
  const { runs, gaps, overlaps, clockResets } = timeline(all);
  const schedule = new Schedule(
    runs.map((run) => ({ startMs: run.startMs, stopMs: runStopMs(run) })),
    { said: options.schedule },
  );
  print(
    "start (UTC)               length    rate Hz  ch  rms dBFS  peak dBFS  clipped   dead s  file",
  );
  for (const file of good.sort((a, b) => a.entries[0].startMs - b.entries[0].startMs)) {
    printFile(file, gaps, schedule, overlaps);
  }
  for (const { uri, atMs, driftMs } of clockResets) {
    print(
      `The clock would be set anew by ${uri} at ${formatUtc(atMs)}: it drifted ${
        driftMs.toFixed(0)
      } ms.`,
    );
  }
  const zoneless = zonelessNote(good.filter(({ entries }) => entries[0].isZoneAssumed).length);
  if (zoneless !== undefined) print(zoneless);
  if (good.length > 0) print(`Schedule: ${schedule.words}.`);
  for (const fault of faults) print(`Can't be scored: ${fault}`);
  for (const note of notes) print(note);
  const mixed = mixedRecorders(all, overlaps);
  if (mixed) print(`Can't be scored together: ${mixed}.`);
  const seconds = runs.reduce((sum, run) => sum + run.frames / run.sampleRateHz, 0);
  const count = (number: number, what: string): string =>
    `${number} ${what}${number === 1 ? "" : "s"}`;
  const inPart = good.filter(({ survey }) => survey.lostSeconds > 0).length;
  const parts = inPart > 0 ? `, and ${count(inPart, "recording")} not in full` : "";
  print(
    `${count(good.length, "recording")} in ${count(runs.length, "continuous run")}, ` +
      `${duration(seconds)} of audio; ${count(faults.length, "file")} can't be scored${parts}.`,
  );
  if (good.length > 0 && !mixed) {
    const said = optionWords(options, "timezone", "nameFormat");
    const other = options.channel === 0 ? [] : ["--channel", options.channel];
    // A shell may have made thousands of one pattern.
    const named = paths.length > MOST_NAMED ? ["RECORDINGS"] : paths;
    const words = [...named, ...said, ...scheduleWords(options.schedule), ...other];
    tellNext(environment, "score", ...words, "--out", "scores");
  }
  return faults.length + inPart > 0 || mixed ? EXIT_CODES.data : EXIT_CODES.complete;
}

async function inspectFile(
  path: string,
  needs: Required<RecordingNeeds>,
  clock: RecordingStartOptions,
  signal: AbortSignal,
): Promise<Inspected> {
  const recording = await openRecording(path);
  try {
    const { entries, notes } = describeRecording(recording, () => recordingStart(path, clock));
    const unmet = unmetNeed(recording, needs);
    if (unmet) throw unmet;
    const onProgress = (): void => signal.throwIfAborted();
    const found = await survey(recording, {
      channel: needs.channel,
      deadSeconds: DEAD_SECONDS,
      onProgress,
    });
    const heard = [...notes, ...found.warnings];
    return { path, entries, frames: recording.frames, survey: found, notes: heard };
  } finally {
    recording.close();
  }
}

function printFile(
  file: Inspected,
  gaps: readonly Gap[],
  schedule: Schedule,
  overlaps: readonly Overlap[],
): void {
  const [{ startMs: firstMs, sampleRateHz, channels, uri }] = file.entries;
  const { rmsDbfs, peakDbfs, clippedSamples, deadSeconds } = file.survey;
  const cells = [
    formatUtc(firstMs).padEnd(24),
    duration(file.frames / sampleRateHz).padStart(8),
    String(sampleRateHz).padStart(9),
    String(channels).padStart(3),
    decibels(rmsDbfs).padStart(9),
    decibels(peakDbfs).padStart(10),
    String(clippedSamples).padStart(8),
    deadSeconds.toFixed(1).padStart(8),
  ];
  print(`${cells.join(" ")}  ${file.path}`);
  for (const note of file.notes) print(`    ${note}`);
  if (file.survey.lostSeconds > 0) {
    print(`    ${file.survey.lostSeconds.toFixed(3)} s can't be had`);
  }
  if (file.entries.length > 1) {
    print(`    ${file.entries.length} stretches, whose times the file itself tells`);
  }
  for (const { afterUri, startMs, stopMs, cause } of gaps) {
    if (afterUri !== uri || cause !== "missing") continue;
    const pause = `    then ${((stopMs - startMs) / 1000).toFixed(3)} s without audio`;
    const lostMs = schedule.gaps(startMs, stopMs).reduce((sum, gap) => sum + gap.lostMs, 0);
    if (!schedule.isDutyCycled) print(pause);
    else if (lostMs > 0) print(`${pause}, ${(lostMs / 1000).toFixed(3)} s of it scheduled`);
  }
  for (const { secondUri, startMs, stopMs } of overlaps) {
    if (secondUri !== uri) continue;
    const seconds = ((stopMs - startMs) / 1000).toFixed(3);
    print(`    its first ${seconds} s overlap with the file before, which counts`);
  }
}

/** Formats decibels with one decimal, and without a minus before 0.0. */
function decibels(value: number): string {
  return (Math.round(value * 10) / 10 || 0).toFixed(1);
}
