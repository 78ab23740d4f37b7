import { join } from "node:path";
import {
  parseParsSettings,
  type PresenceFormat,
  type PresenceRow,
  presenceToPamscapes,
  presenceToPars,
} from "../../analysis/exports/mod.ts";
import {
  type CellSize,
  MIN_EFFORT,
  PRESENCE_HEADER,
  type PresenceCell,
  presenceRow,
} from "../../analysis/presence/mod.ts";
import { TimeZone } from "../../core/mod.ts";
import { speciesOf } from "../../pipeline/detector/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { printText } from "../print.ts";
import { readText, siteNamed } from "../text_files.ts";

/** Options that say how presence is written. */
export interface PresenceFileArguments {
  format: PresenceFormat;
  by?: CellSize;
  zone: string;
  minEffort?: number;
  parsSettings?: string;
  site?: string;
  sites?: string;
  out?: string;
}

/** Writes presence in one format; no file is in its place before `commit`. */
interface PresenceWriter {
  /** Adds a cell; they come in the order of time. */
  add(cell: PresenceCell): Promise<void>;
  /**
   * Puts the files in their place.
   *
   * @returns Paths of the files; none where it was printed.
   */
  commit(): Promise<string[]>;
  /** Lets go, and removes files that were not committed. */
  close(): Promise<void>;
}

/** A writer of presence, and the cells that it wants. */
interface OpenPresence {
  writer: PresenceWriter;
  by: CellSize;
  /** Share of what is scheduled that a cell must have for anything to be said of it. */
  minEffort: number;
  /**
   * Puts the format's own rules on positive days and hours into words.
   *
   * @param blank Cells with effort, but too little of it.
   * @param heard Cells with effort.
   */
  notesOf: (blank: number, heard: number) => string[];
}

/**
 * Opens the writer of presence in the format of the options. Each is loaded only where it is asked for.
 *
 * @param options The command's options, which go together.
 * @param set The scores, whose species are known once they are read.
 * @returns The writer.
 * @throws {MegapteraError} `data` or `configuration` where settings can't be read.
 */
export async function openPresence(
  options: PresenceFileArguments,
  set: ScoreSet,
): Promise<OpenPresence> {
  const { format, out, zone, minEffort = MIN_EFFORT } = options;
  if (format === "csv") {
    const writer = await CsvPresence.open(new TimeZone(zone), out);
    return { writer, by: options.by ?? "hour", minEffort, notesOf: tooLittle(minEffort) };
  }
  if (format === "pars") {
    const path = options.parsSettings!;
    const settings = parseParsSettings(await readText(path), path);
    const { confirmed, least_positive_seconds, least_effort_share: share } = settings;
    return {
      writer: new ExchangePresence(out!, (rows) => presenceToPars(rows, settings)),
      by: options.by ?? "day",
      minEffort: share,
      notesOf: (blank, heard) => [
        ...tooLittle(share)(blank, heard),
        `A day is POSSIBLY_DETECTED from ${least_positive_seconds} positive seconds on, and ` +
        `DETECTED only where a person confirmed it: ${confirmed.length} days by ${path}.`,
      ],
    };
  }
  const site = options.site === undefined
    ? undefined
    : await siteNamed(options.site, options.sites);
  const position = site && { position: { latitude: site.latitude, longitude: site.longitude } };
  const by = options.by ?? "hour";
  const nameOf = (count: number): string => count === 1 ? by : `${by}s`;
  return {
    writer: new ExchangePresence(out!, (rows) => {
      const species = [...set.origin.classes].map(speciesOf).join(", ") || speciesOf(undefined);
      return presenceToPamscapes(rows, { leastEffortShare: minEffort, species, ...position });
    }),
    by,
    minEffort,
    notesOf: (blank, heard) => [
      blank === heard
        ? `The files hold headers alone: of ${heard} ${
          nameOf(heard)
        } with effort none has scores in ` +
          `${minEffort} or more of what is scheduled, so all count as off effort. Choose another --by ` +
          "or --min-effort."
        : "PAMscapes takes every row for a detection: a bin is in it from 1 positive second on, " +
          `and off effort below ${minEffort} of what is scheduled (${blank} of ${heard} ` +
          `${nameOf(heard)} with effort).`,
    ],
  };
}

/** Says how many cells have some effort, but too little. */
function tooLittle(minEffort: number): OpenPresence["notesOf"] {
  return (blank, heard) =>
    blank === 0 ? [] : [
      `${blank} of ${heard} cells with effort have less than ${minEffort} of what is scheduled: too ` +
      "little to say how much song there was.",
    ];
}

/** Lines that are printed at a time. */
const PRINTED_LINES = 1000;

/** Presence as CSV, into a file or on standard output. */
export class CsvPresence implements PresenceWriter {
  readonly #zone: TimeZone;
  readonly #file: AtomicFile | undefined;
  readonly #lines: string[] = [PRESENCE_HEADER];

  private constructor(zone: TimeZone, file: AtomicFile | undefined) {
    this.#zone = zone;
    this.#file = file;
  }

  /**
   * @param zone Whose clock times are written in.
   * @param path Where the file is to be; standard output where there is none.
   */
  static async open(zone: TimeZone, path: string | undefined): Promise<CsvPresence> {
    return new CsvPresence(zone, path === undefined ? undefined : await AtomicFile.open(path));
  }

  async add(cell: PresenceCell): Promise<void> {
    this.#lines.push(presenceRow(cell, this.#zone));
    if (this.#lines.length >= PRINTED_LINES) await this.#flush();
  }

  async commit(): Promise<string[]> {
    await this.#flush();
    await this.#file?.commit();
    return this.#file ? [this.#file.path] : [];
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = this.#lines.splice(0).join("\n");
    if (this.#file) await this.#file.write(`${text}\n`);
    else printText(text);
  }
}

/** Presence as the files of another system, in a folder. */
class ExchangePresence implements PresenceWriter {
  readonly #folder: string;
  readonly #filesOf: (rows: readonly PresenceRow[]) => object;
  readonly #rows: PresenceRow[] = [];

  /**
   * @param folder Where the files are to be.
   * @param filesOf Gives their texts by their names.
   */
  constructor(folder: string, filesOf: (rows: readonly PresenceRow[]) => object) {
    this.#folder = folder;
    this.#filesOf = filesOf;
  }

  add(row: PresenceRow): Promise<void> {
    this.#rows.push(row);
    return Promise.resolve();
  }

  async commit(): Promise<string[]> {
    const files: AtomicFile[] = [];
    try {
      for (const [name, text] of Object.entries<string>({ ...this.#filesOf(this.#rows) })) {
        const file = await AtomicFile.open(join(this.#folder, name));
        files.push(file);
        await file.write(text);
      }
      for (const file of files) await file.commit();
      return files.map(({ path }) => path);
    } finally {
      for (const file of files) await file.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
