import { RECIPES } from "../pipeline/detector/mod.ts";
import { MegapteraError } from "../pipeline/errors.ts";
import {
  type Catalogue,
  catalogueFiles,
  findRecordings,
  type RecordingStartOptions,
  runStopMs,
  TimeZone,
} from "../pipeline/recording/mod.ts";
import {
  classFolders,
  HOUR_MS,
  type HourOutcome,
  hoursOf,
  type RangeOptions,
  scoreRange,
  ScoreStore,
} from "../pipeline/scoring/mod.ts";
import { formatUtc } from "../pipeline/utc.ts";
import type { ScoreArguments } from "./arguments.ts";
import { duration } from "./duration.ts";
import type { Environment } from "./environment.ts";
import { load } from "./load.ts";
import { print } from "./print.ts";
import { ScoringProgress } from "./scoring_progress.ts";

/** Exit code where audio that the range expected is missing. */
const AUDIO_MISSING = 3;
/** Of recorders that sleep by design there may be thousands. */
const GAPS_SHOWN = 5;

/**
 * `score FILE…`: scores recordings into hourly score files.
 *
 * @returns The exit code: 0, or 3 where audio is missing between the first and the last second.
 */
export async function score(
  files: readonly string[],
  options: ScoreArguments,
  environment: Environment,
): Promise<number> {
  const { recipe, gain, channel, force } = options;
  const catalogue = await catalogueFiles(await findRecordings(files), clockOf(options));
  const { signal } = environment;
  const detector = await load(options, environment);
  try {
    const folders = classFolders(options.out, detector.classNames);
    const stores = folders.map((folder) => new ScoreStore(folder));
    const range = { catalogue, stores, hoursOfDay: options.hours };
    const context = { detector, recipe: RECIPES[recipe], gain, channel, force, signal };
    const outcomes = await withProgress({ ...range, ...context });
    return summarize(outcomes, { ...range, ...context });
  } finally {
    detector.engine.close();
  }
}

/** How names are turned into times. */
function clockOf({ recordingStart, timezone }: ScoreArguments): RecordingStartOptions {
  return {
    ...(recordingStart === undefined ? {} : { recordingStart }),
    ...(timezone === undefined ? {} : { timeZone: new TimeZone(timezone) }),
  };
}

/** Scores a range under a progress display. */
export async function withProgress(options: RangeOptions): Promise<HourOutcome[]> {
  const hours = hoursOf(options);
  if (hours.length === 0) {
    throw new MegapteraError(
      "usage",
      "Cannot score as no hour of the recordings lies in --hours: choose other hours of the day.",
    );
  }
  const { timeline } = options.catalogue;
  const audio = hours.reduce((sum, hourMs) => sum + audioSeconds(hourMs, timeline), 0);
  const progress = new ScoringProgress(audio);
  try {
    return await scoreRange({
      ...options,
      onProgress: (bins) => progress.onBins(bins),
      onHour: (outcome) => progress.onHour(outcome, audioSeconds(outcome.hourMs, timeline)),
    });
  } finally {
    progress.stop();
  }
}

/** Seconds of an hour that recordings cover. */
function audioSeconds(hourMs: number, { runs }: Catalogue["timeline"]): number {
  return runs.reduce((sum, run) => {
    const heardMs = Math.min(runStopMs(run), hourMs + HOUR_MS) - Math.max(run.startMs, hourMs);
    return sum + Math.max(0, heardMs / 1000);
  }, 0);
}

function summarize(outcomes: readonly HourOutcome[], options: RangeOptions): number {
  const { detector, recipe, catalogue, stores } = options;
  const of = (state: HourOutcome["state"]) => outcomes.filter((hour) => hour.state === state);
  const scored = of("scored");
  const effort = outcomes.reduce((sum, { effortSeconds }) => sum + effortSeconds, 0);
  const counts = [
    `${scored.length} hour${scored.length === 1 ? "" : "s"} scored`,
    `${of("done").length} done before`,
    `${of("no audio").length} without audio`,
  ];
  print(`${counts.join(", ")}; effort ${duration(effort)}.`);
  const seconds = scored.reduce((sum, hour) => sum + hour.seconds, 0);
  if (seconds > 0) {
    const audio = scored.reduce(
      (sum, { hourMs }) => sum + audioSeconds(hourMs, catalogue.timeline),
      0,
    );
    print(`It took ${duration(seconds)}, ${(audio / seconds).toFixed(0)}× real time.`);
  }
  if (recipe.clock === "nominal") {
    print(`Recipe ${recipe.name}: its seconds are nominal and drift from the clock.`);
  }
  stores.forEach(({ folder }, kind) => {
    const of = stores.length === 1 ? "" : `, class ${detector.classNames[kind]}`;
    print(`Scores of ${detector.name}${of}: ${folder}`);
  });
  const missing = catalogue.timeline.gaps.filter(({ cause, startMs, stopMs }) =>
    cause === "missing" &&
    outcomes.some(({ hourMs }) => startMs < hourMs + HOUR_MS && stopMs > hourMs)
  );
  for (const { startMs, stopMs } of missing.slice(0, GAPS_SHOWN)) {
    const start = formatUtc(Math.round(startMs));
    print(`${((stopMs - startMs) / 1000).toFixed(3)} s of audio are missing from ${start} on.`);
  }
  if (missing.length > GAPS_SHOWN) {
    print(
      `Audio is missing in ${missing.length - GAPS_SHOWN} more places: the manifests name them.`,
    );
  }
  const { absent } = catalogue;
  if (absent.length > 0) {
    print(
      `${absent.length} of the recordings could not be read: the manifests say which and why.`,
    );
  }
  return missing.length + absent.length > 0 ? AUDIO_MISSING : 0;
}
