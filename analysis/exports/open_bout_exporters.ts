import { extname } from "node:path";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import type { BoutAbout, BoutExporter, BoutFormat } from "./bout_exporter.ts";
import { boutFields, CALL_COLUMNS } from "./bout_fields.ts";
import { csvText } from "./safe_cell.ts";

/**
 * Opens what writes bouts. Each format is loaded only where it is asked for.
 *
 * @param out Path of the one file; with several formats each has its own ending in its place.
 * @param formats Which.
 * @returns One exporter a format, and one that says beside them what they were made with; close them all, whatever happens.
 * @throws {MegapteraError} `denied` where a file can't be written.
 */
export async function openBoutExporters(
  out: string,
  formats: readonly BoutFormat[],
): Promise<BoutExporter[]> {
  const base = out.slice(0, out.length - extname(out).length);
  const pathOf = (ending: string): string => formats.length === 1 ? out : base + ending;
  const open: Record<BoutFormat, () => Promise<BoutExporter>> = {
    csv: () => CsvBouts.open(pathOf(".csv")),
    json: () => JsonBouts.open(pathOf(".json")),
    raven: async () => {
      const { RavenBouts } = await import("./raven_bouts.ts");
      return RavenBouts.open(pathOf(".raven.txt"), base);
    },
    audacity: async () => {
      const { AudacityBouts } = await import("./audacity_bouts.ts");
      return new AudacityBouts(base);
    },
    parquet: async () => {
      const { ParquetBouts } = await import("./parquet_bouts.ts");
      return await ParquetBouts.open(pathOf(".parquet"));
    },
    pamscapes: async () => {
      const { PamscapesBouts } = await import("./pamscapes_bouts.ts");
      return await PamscapesBouts.open(pathOf(".pamscapes.csv"));
    },
  };
  const exporters: BoutExporter[] = [];
  try {
    for (const format of formats) exporters.push(await open[format]());
    exporters.push(await AboutBouts.open(`${base}.about.json`));
  } catch (error) {
    for (const exporter of exporters) await exporter.close();
    throw error;
  }
  return exporters;
}

/** What bouts were made with, beside the formats that have no room for it. */
class AboutBouts implements BoutExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<AboutBouts> {
    return new AboutBouts(await AtomicFile.open(path));
  }

  add(): Promise<void> {
    return Promise.resolve();
  }

  async commit(about: BoutAbout): Promise<string[]> {
    await this.#file.write(JSON.stringify(about, undefined, 2) + "\n");
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Bouts as CSV: `start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap`. */
class CsvBouts implements BoutExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<CsvBouts> {
    const file = await AtomicFile.open(path);
    await file.write(csvText([CALL_COLUMNS]));
    return new CsvBouts(file);
  }

  async add(bout: Bout): Promise<void> {
    const fields = boutFields(bout);
    await this.#file.write(csvText([CALL_COLUMNS.map((name) => fields[name] ?? "")]));
  }

  async commit(_about: BoutAbout): Promise<string[]> {
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Bouts as JSON: `{ "calls": […], "about": {…} }`, a bout a line. */
class JsonBouts implements BoutExporter {
  readonly #file: AtomicFile;
  #separator = "";

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<JsonBouts> {
    const file = await AtomicFile.open(path);
    await file.write('{"calls":[');
    return new JsonBouts(file);
  }

  async add(bout: Bout): Promise<void> {
    await this.#file.write(`${this.#separator}\n${JSON.stringify(boutFields(bout))}`);
    this.#separator = ",";
  }

  async commit(about: BoutAbout): Promise<string[]> {
    await this.#file.write(`\n],\n"about":${JSON.stringify(about, undefined, 2)}}\n`);
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
