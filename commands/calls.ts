import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type BoutAbout,
  type BoutExporter,
  type BoutFormat,
  CALL_FORMATS,
  openBoutExporters,
} from "../analysis/exports/mod.ts";
import { sensitivity, type SensitivityRow, thresholdsWith } from "../analysis/presence/mod.ts";
import { formatUtc, MegapteraError, VERSION } from "../core/mod.ts";
import { type Bout, boutSettings, centreShift, findBouts } from "../pipeline/bouts/mod.ts";
import { type Manifest, ScoreSet } from "../pipeline/scores/mod.ts";
import {
  addBoutOptions,
  type BoutArguments,
  passedOn,
  scaleOf,
  thresholdsOf,
} from "./bout_options.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { onDisk } from "./option_values.ts";
import { print } from "./print.ts";
import { readingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading_options.ts";
import { RawPositives, scoreNotes, tellNotes } from "./score_notes.ts";
import { duration } from "./words.ts";

/** The options of `calls`, checked. */
interface CallsArguments extends BoutArguments {
  out: string;
  format?: BoutFormat[];
  sensitivity?: boolean;
}

function formats(text: string, before: BoutFormat[] | undefined): BoutFormat[] {
  const named = text.split(",").map((name) => name.trim());
  const unknown = named.find((name) => !CALL_FORMATS.some((format) => format === name));
  if (unknown === undefined) return [...new Set([...before ?? [], ...named as BoutFormat[]])];
  throw new InvalidArgumentError(`It must be one or more of ${CALL_FORMATS.join(", ")}.`);
}

/** Adds `calls`. */
export function addCalls(program: Command, environment: Environment): void {
  addBoutOptions(program.command("calls"))
    .option(
      "--out <file>",
      "where the bouts go; several formats share its name",
      onDisk,
      "calls.csv",
    )
    .addOption(
      new Option("--format <names>", `one or more of ${CALL_FORMATS.join(", ")}`)
        .argParser(formats).default(undefined, "csv"),
    )
    .option("--sensitivity", "print how bouts and presence change over thresholds, write nothing")
    .description("find bouts in scores: median filter, threshold, bouts")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .action((folder: string, options: CallsArguments) => calls(folder, options, environment));
}

/** Finds bouts in scores, and writes them in one or more formats. */
async function calls(
  folder: string,
  options: CallsArguments,
  environment: Environment,
): Promise<void> {
  const { signal } = environment;
  if (options.sensitivity) return await showSensitivity(folder, options, signal);
  const { median, edges, gap, min } = options;
  const said = { ...thresholdsOf(options), median, edges, gap, min };
  const scale = await scaleOf(options);
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const settings = await boutSettings(set, said);
  const exporters = await openBoutExporters(options.out, options.format ?? ["csv"]);
  const formats = new Formats(exporters);
  const progress = readingProgress(set.hours);
  let [effortSeconds, count, boutSeconds, positiveSeconds] = [0, 0, 0, 0];
  const raw = new RawPositives(settings, scale.calibrator);
  try {
    const found = findBouts(set, {
      ...settings,
      calibrator: scale.calibrator,
      onHour: ({ scores, manifest }) => {
        for (let bin = 0; bin < scores.length; bin++) if (scores[bin] >= 0) effortSeconds++;
        raw.add(scores);
        if (manifest) formats.onManifest(manifest);
        progress.onHour();
      },
    });
    for await (const bout of found) {
      await formats.add(bout);
      count++;
      boutSeconds += seconds(bout);
      positiveSeconds += bout.positiveSeconds;
    }
    progress.stop();
    const sayings = [timesOf(set), ...scale.notes, ...raw.notes(positiveSeconds)];
    const about: BoutAbout = {
      ...aboutOf(set, settings, effortSeconds),
      ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
      notes: [...sayings, ...scoreNotes(set)],
    };
    const paths = await formats.commit(about);
    tellNotes(set);
    print(
      `${count} bout${count === 1 ? "" : "s"}, ${duration(boutSeconds)} of ${
        duration(effortSeconds)
      } of effort: ` +
        `${paths.join(", ")}`,
    );
    for (const note of sayings) print(note);
    formats.throwFault();
    const passed = passedOn(options);
    tellNext(environment, "presence", folder, ...passed, "--by", "day", "--out", "presence.csv");
  } finally {
    progress.stop();
    for (const exporter of exporters) await exporter.close();
  }
}

function seconds({ startMs, stopMs }: Bout): number {
  return (stopMs - startMs) / 1000;
}

/** Formats that are written side by side: where one can't be, the others are all the same. */
class Formats {
  readonly #exporters: readonly BoutExporter[];
  readonly #faults = new Map<BoutExporter, MegapteraError>();

  /** @param exporters One a format, and one that says beside them how they were made. */
  constructor(exporters: readonly BoutExporter[]) {
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

  async add(bout: Bout): Promise<void> {
    for (const exporter of this.#left()) {
      await exporter.add(bout).catch((error) => this.#note(exporter, error));
    }
  }

  async commit(about: BoutAbout): Promise<string[]> {
    const paths: string[] = [];
    for (const exporter of this.#left()) {
      await exporter.commit(about).then((written) => paths.push(...written))
        .catch((error) => this.#note(exporter, error));
    }
    return paths;
  }

  /** Throws the fault of the first format that couldn't be written. */
  throwFault(): void {
    const [fault] = this.#faults.values();
    if (fault) throw fault;
  }

  #left(): BoutExporter[] {
    return this.#exporters.filter((exporter) => !this.#faults.has(exporter));
  }

  #note(exporter: BoutExporter, error: unknown): void {
    if (!(error instanceof MegapteraError)) throw error;
    this.#faults.set(exporter, error);
    // The file on how bouts were made is of no use alone.
    if (this.#faults.size >= this.#exporters.length - 1) this.throwFault();
  }
}

/** Says where in their windows the times of bouts lie. */
function timesOf({ origin }: ScoreSet): string {
  return `Times are at the centres of the ${origin.windowSeconds} s windows that were scored: ` +
    `${centreShift(origin.windowSeconds).toFixed(4)} s after the seconds that score files name.`;
}

function aboutOf(
  set: ScoreSet,
  settings: BoutAbout["settings"],
  effortSeconds: number,
): Omit<BoutAbout, "notes"> {
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

/** Prints how bouts and presence change with the threshold. */
async function showSensitivity(
  folder: string,
  options: BoutArguments,
  signal: AbortSignal,
): Promise<void> {
  const { threshold, on, off, median, edges, gap, min } = options;
  if (on !== undefined || off !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot vary the threshold as --on and --off fix it: leave them out beside --sensitivity.",
    );
  }
  const { calibrator, notes } = await scaleOf(options);
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const progress = readingProgress(set.hours);
  const thresholds = thresholdsWith(threshold);
  const onHour = (): void => progress.onHour();
  try {
    const settings = await boutSettings(set, { median, edges, gap, min });
    const rows = await sensitivity(set, { ...settings, calibrator, thresholds, onHour });
    progress.stop();
    print(
      "threshold     bouts  bouts/h effort   positive s  % of effort  hours with bouts  % of hours",
    );
    for (const row of rows) print(lineOf(row));
  } finally {
    progress.stop();
  }
  tellNotes(set);
  for (const note of notes) print(note);
}

function lineOf(row: SensitivityRow): string {
  const { threshold, bouts, positiveSeconds, effortSeconds, hours, presentHours } = row;
  const share = (part: number, whole: number): string =>
    whole === 0 ? "" : (100 * part / whole).toFixed(2);
  return [
    String(threshold).padStart(9),
    String(bouts).padStart(10),
    (effortSeconds === 0 ? "" : (3600 * bouts / effortSeconds).toFixed(3)).padStart(15),
    String(positiveSeconds).padStart(13),
    share(positiveSeconds, effortSeconds).padStart(13),
    `${presentHours} of ${hours}`.padStart(18),
    share(presentHours, hours).padStart(12),
  ].join("");
}
