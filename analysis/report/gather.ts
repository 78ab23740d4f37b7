import { HOUR_MS, TimeZone } from "../../core/mod.ts";
import {
  BoutFinder,
  boutOf,
  type BoutOptions,
  type Calibrator,
  scanScores,
} from "../../pipeline/bouts/mod.ts";
import {
  type LostEffort,
  lostEffort,
  type Manifest,
  type NoEffortSpan,
  type ScoredHour,
  type ScoreSet,
} from "../../pipeline/scores/mod.ts";
import type { Schedule } from "../../pipeline/timeline/mod.ts";
import type { KnownFile } from "../artefacts/mod.ts";
import {
  CellGrid,
  type CellSize,
  type HourClock,
  MIN_EFFORT,
  PresenceBuilder,
  type PresenceColumns,
  type SensitivityRow,
  ThresholdCounters,
  thresholdsWith,
} from "../presence/mod.ts";
import { firstMonthAt } from "../season/mod.ts";
import { BoutChoice, type BoutChoiceOptions } from "./bout_choice.ts";
import type { ReportClip } from "./report_model.ts";

/** Bins of the histogram of scores, from 0 to 1. */
const HISTOGRAM_BINS = 50;

/** What a report needs of scores, from one reading. */
export interface Gathered {
  /** Presence by hours and by minutes (UTC). */
  hours: PresenceColumns;
  minutes: PresenceColumns;
  /** When the recorder was to record. */
  schedule: Schedule;
  bouts: BoutChoice;
  /** What tenths and the threshold used make of the scores, without hysteresis. */
  sensitivity: readonly SensitivityRow[];
  /** `[50]` seconds by score. */
  histogram: Float64Array;
  /** The first hour's manifest; nothing where no hour has one. */
  manifest?: Manifest;
  /** Versions of this program that scored, and engines. */
  versions: Set<string>;
  /** The recordings that manifests name, each once. */
  files: readonly KnownFile[];
  /** Why effort is missing. */
  lost: readonly LostEffort[];
}

/** How scores become bouts, which bouts are kept, and who is told of hours. */
export interface GatherOptions extends Omit<BoutOptions, "calibrate">, BoutChoiceOptions {
  /** Turns filtered scores into what thresholds are compared with, such as probabilities. */
  calibrator?: Calibrator | undefined;
  onHour?: ((hour: ScoredHour) => void) | undefined;
}

/**
 * Reads scores once, and counts all that a report shows.
 *
 * @param set The scores.
 * @param options How scores become bouts, and which are kept.
 * @returns What was counted.
 * @throws {MegapteraError} `data` where scores can't be read or taken, `configuration` where the
 * calibrator is not for them.
 */
export async function gather(set: ScoreSet, options: GatherOptions): Promise<Gathered> {
  const schedule = await set.schedule();
  const all = [
    new CellRows(set, schedule, "hour", HOUR_MS),
    new CellRows(set, schedule, "minute", 60_000),
  ];
  const bouts = new BoutChoice(options);
  const { settings, hours: scored } = await scanScores(set, options);
  const counters = new ThresholdCounters(settings, thresholdsWith(options.threshold));
  const finder = new BoutFinder(settings, {
    onEffort: (start, stop) => all.forEach(({ builder }) => builder.onEffort(start, stop)),
    onPositive: (start, stop) => all.forEach(({ builder }) => builder.onPositive(start, stop)),
    onBoutStart: (start) => all.forEach(({ builder }) => builder.onBoutStart(start)),
    onBout: (bout) => bouts.add(boutOf(bout, set.origin.windowSeconds)),
  });
  const histogram = new Float64Array(HISTOGRAM_BINS);
  const versions = new Set<string>();
  const noEffort: NoEffortSpan[] = [];
  const files = new Map<string, KnownFile>();
  let manifest: Manifest | undefined;
  for await (const hour of scored) {
    finder.push(hour.hourMs / 1000, hour.scores);
    counters.push(hour.hourMs / 1000, hour.scores);
    count(hour.scores, histogram);
    if (hour.manifest) {
      manifest ??= hour.manifest;
      versions.add(`${hour.manifest.run.megaptera} (${hour.manifest.run.engine})`);
      for (const { uri, start, sizeBytes, version } of hour.manifest.files) {
        files.set(`${start} ${uri}`, { uri, start, sizeBytes, version });
      }
      noEffort.push(...hour.manifest.noEffort);
    }
    for (const rows of all) rows.take(finder.settled);
  }
  finder.finish();
  for (const rows of all) rows.take();
  const [hours, minutes] = all.map((rows) => rows.columns);
  const known = manifest ? { manifest } : {};
  const sensitivity = counters.finish();
  const counted = { histogram, versions, files: [...files.values()], lost: lostEffort(noEffort) };
  return { hours, minutes, schedule, bouts, sensitivity, ...counted, ...known };
}

function count(scores: Float64Array, histogram: Float64Array): void {
  for (const score of scores) {
    if (score >= 0) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(score * HISTOGRAM_BINS))]++;
  }
}

/** Fills plain columns with cells of presence: a million minutes as objects would fill memory. */
class CellRows {
  readonly builder: PresenceBuilder;
  readonly columns: PresenceColumns;
  #length = 0;

  constructor({ startMs, stopMs }: ScoreSet, schedule: Schedule, by: CellSize, cellMs: number) {
    const grid = new CellGrid(by, new TimeZone("UTC"));
    this.builder = new PresenceBuilder(
      grid,
      startMs,
      stopMs,
      MIN_EFFORT,
      (fromMs, toMs) => schedule.effortSeconds(fromMs, toMs),
    );
    const column = (): Float64Array => new Float64Array((stopMs - startMs) / cellMs);
    this.columns = {
      startMs: column(),
      effort: column(),
      positive: column(),
      scheduled: column(),
      cellMs,
    };
  }

  take(settled?: number): void {
    const { startMs, effort, positive, scheduled } = this.columns;
    for (const cell of this.builder.take(settled)) {
      const at = this.#length++;
      startMs[at] = cell.startMs;
      effort[at] = cell.effortSeconds;
      positive[at] = cell.positiveSeconds ?? 0;
      scheduled[at] = cell.scheduledSeconds;
    }
  }
}

/** All that a report is made of. */
export interface ReportInput {
  gathered: Gathered;
  /** Where the scores lie, as the user named it. */
  scores: string;
  /** Where the hydrophone stands; nothing where nobody named it, and then there is no sun. */
  site?: { title: string; latitude: number; longitude: number } | undefined;
  /** The time zone whose hours of the day are shown; else the sun's, or UTC without a site. */
  zone?: TimeZone | undefined;
  settings: Pick<BoutOptions, "threshold" | "off" | "median" | "edges" | "gap" | "min">;
  /** What thresholds are compared with, where it is not the filtered score, and what it is. */
  calibrator?: Calibrator | undefined;
  calibration?: string | undefined;
  /** Whether somebody chose the threshold. */
  chosenThreshold: boolean;
  /** What made the scores: names of detectors, and the SHA-256 of the weights of each. */
  detectors: ReadonlyMap<string, ReadonlySet<string>>;
  fingerprints: readonly string[];
  /** What the scores are of, as their detectors call it. */
  classes: ReadonlySet<string>;
  windowSeconds: number;
  /** Shown at the top and with every chart. */
  notices: readonly string[];
  /** What is odd about the scores, in sentences. */
  notes: readonly string[];
  /** Seed of the random sample, and its clips and the best bouts'. */
  seed: number;
  bestClips: readonly ReportClip[];
  randomClips: readonly ReportClip[];
  /** The commands that make this report again. */
  commands: readonly string[];
}

/** Makes the line below every chart's title: where, when, and what must be said with any result. */
export function subtitleOf({ site, notices, settings, calibration }: ReportInput): string[] {
  const scale = calibration === undefined ? "threshold" : "threshold (probability)";
  const where = site === undefined ? "" : `${site.title}; `;
  return [`${where}${scale} ${settings.threshold}`, ...notices.map(capital)];
}

/** Gives the month that seasons begin with: by the hemisphere, August where no site was named. */
export function firstMonthOf({ site }: ReportInput): number {
  return firstMonthAt(site?.latitude ?? 0);
}

/** Tells whose hours of the day are shown: of the zone that was named, of the sun, or of UTC. */
export function clockOf({ zone, site }: ReportInput): { clock: HourClock; name: string } {
  if (zone !== undefined) return { clock: { timeZone: zone.name }, name: zone.name };
  if (site === undefined) return { clock: "utc", name: "UTC" };
  return { clock: { solarAtLongitude: site.longitude }, name: "solar time" };
}

/** What is missing without a site, and how to name one. */
export const NO_SITE =
  "No site was named, so there is no place and no sun: night and day can't be " +
  "told. Name one with --site (mars, sanctsound-mb01), or one of your own with --sites FILE " +
  "(docs/archives.md).";

/** Makes a sentence's first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
