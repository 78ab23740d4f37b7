import { type CallAbout, type CallExporter, openCallExporters } from "../analysis/exports/mod.ts";
import { formatUtc, MegapteraError, VERSION } from "../core/mod.ts";
import { type Call, callSettings, centreShift, findCalls } from "../pipeline/calls/mod.ts";
import { type Manifest, ScoreSet } from "../pipeline/scores/mod.ts";
import { RawPositives, scaleOf } from "./calibration.ts";
import { type CallsArguments, thresholdsOf } from "./call_arguments.ts";
import { print } from "./print.ts";
import { ReadingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading.ts";
import { scoreNotes, tellNotes } from "./score_notes.ts";
import { showSensitivity } from "./sensitivity.ts";
import { duration } from "./words.ts";

/**
 * `calls SCORES`: calls in one or more formats.
 *
 * @returns The exit code, 0.
 */
export async function calls(
  folder: string,
  options: CallsArguments,
  signal: AbortSignal,
): Promise<number> {
  if (options.sensitivity) return await showSensitivity(folder, options, signal);
  const { median, edges, gap, min } = options;
  const said = { ...thresholdsOf(options), median, edges, gap, min };
  const scale = await scaleOf(options);
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const settings = await callSettings(set, said);
  const exporters = await openCallExporters(options.out, options.format ?? ["csv"]);
  const formats = new Formats(exporters);
  const progress = new ReadingProgress(set.hours);
  let [effortSeconds, count, callSeconds, positiveSeconds] = [0, 0, 0, 0];
  const raw = new RawPositives(settings, scale.calibrator);
  try {
    const found = findCalls(set, {
      ...settings,
      calibrator: scale.calibrator,
      onHour: ({ scores, manifest }) => {
        for (let bin = 0; bin < scores.length; bin++) if (scores[bin] >= 0) effortSeconds++;
        raw.add(scores);
        if (manifest) formats.onManifest(manifest);
        progress.onHour();
      },
    });
    for await (const call of found) {
      await formats.add(call);
      count++;
      callSeconds += seconds(call);
      positiveSeconds += call.positiveSeconds;
    }
    progress.stop();
    const sayings = [timesOf(set), ...scale.notes, ...raw.notes(positiveSeconds)];
    const about: CallAbout = {
      ...aboutOf(set, settings, effortSeconds),
      ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
      notes: [...sayings, ...scoreNotes(set)],
    };
    const paths = await formats.commit(about);
    tellNotes(set);
    print(
      `${count} call${count === 1 ? "" : "s"}, ${duration(callSeconds)} of ${
        duration(effortSeconds)
      } of effort: ` +
        `${paths.join(", ")}`,
    );
    for (const note of sayings) print(note);
    formats.throwFault();
  } finally {
    progress.stop();
    for (const exporter of exporters) await exporter.close();
  }
  return 0;
}

function seconds({ startMs, stopMs }: Call): number {
  return (stopMs - startMs) / 1000;
}

/** Formats that are written side by side: where one can't be, the others are all the same. */
class Formats {
  readonly #exporters: readonly CallExporter[];
  readonly #faults = new Map<CallExporter, MegapteraError>();

  /** @param exporters One a format, and one that says beside them what they were made with. */
  constructor(exporters: readonly CallExporter[]) {
    this.#exporters = exporters;
  }

  onManifest(manifest: Manifest): void {
    for (const exporter of this.#left()) {
      try {
        exporter.onManifest?.(manifest);
      } catch (error) {
        this.#note(exporter, error);
      }
    }
  }

  async add(call: Call): Promise<void> {
    for (const exporter of this.#left()) {
      await exporter.add(call).catch((error) => this.#note(exporter, error));
    }
  }

  async commit(about: CallAbout): Promise<string[]> {
    const paths: string[] = [];
    for (const exporter of this.#left()) {
      await exporter.commit(about).then((written) => paths.push(...written))
        .catch((error) => this.#note(exporter, error));
    }
    return paths;
  }

  /** Throws what the first format that couldn't be written said. */
  throwFault(): void {
    const [fault] = this.#faults.values();
    if (fault) throw fault;
  }

  #left(): CallExporter[] {
    return this.#exporters.filter((exporter) => !this.#faults.has(exporter));
  }

  #note(exporter: CallExporter, error: unknown): void {
    if (!(error instanceof MegapteraError)) throw error;
    this.#faults.set(exporter, error);
    // What it was all made with is of no use alone.
    if (this.#faults.size >= this.#exporters.length - 1) this.throwFault();
  }
}

/** Where the times of calls lie. */
function timesOf({ origin }: ScoreSet): string {
  return `Times are at the centres of the ${origin.windowSeconds} s windows that were scored: ` +
    `${centreShift(origin.windowSeconds).toFixed(4)} s after the seconds that score files name.`;
}

function aboutOf(
  set: ScoreSet,
  settings: CallAbout["settings"],
  effortSeconds: number,
): Omit<CallAbout, "notes"> {
  const { origin, holes, name } = set;
  return {
    megaptera: VERSION,
    scores: name,
    settings,
    centreShiftSeconds: Number(centreShift(origin.windowSeconds).toFixed(6)),
    detectors: [...origin.detectors.keys()],
    fingerprints: [...origin.fingerprints.keys()],
    hoursOfUnknownOrigin: origin.unknownHours,
    holes: holes.map(({ startMs, stopMs }) => ({
      start: formatUtc(startMs),
      stop: formatUtc(stopMs),
    })),
    effortSeconds,
  };
}
