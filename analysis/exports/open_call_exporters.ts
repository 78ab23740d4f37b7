import { extname } from "node:path";
import type { Call } from "../../pipeline/calls/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import type { CallAbout, CallExporter, CallFormat } from "./call_exporter.ts";
import { CALL_COLUMNS, callFields } from "./call_fields.ts";
import { csvText } from "./safe_cell.ts";

/**
 * Opens what writes calls. Each format is loaded only where it is asked for.
 *
 * @param out Path of the one file; with several formats each has its own ending in its place.
 * @param formats Which.
 * @returns One exporter a format, and one that says beside them what they were made with; close them all, whatever happens.
 * @throws {MegapteraError} `denied` where a file can't be written.
 */
export async function openCallExporters(
  out: string,
  formats: readonly CallFormat[],
): Promise<CallExporter[]> {
  const base = out.slice(0, out.length - extname(out).length);
  const pathOf = (ending: string): string => formats.length === 1 ? out : base + ending;
  const open: Record<CallFormat, () => Promise<CallExporter>> = {
    csv: () => CsvCalls.open(pathOf(".csv")),
    json: () => JsonCalls.open(pathOf(".json")),
    raven: async () => {
      const { RavenCalls } = await import("./raven_calls.ts");
      return RavenCalls.open(pathOf(".raven.txt"), base);
    },
    audacity: async () => {
      const { AudacityCalls } = await import("./audacity_calls.ts");
      return new AudacityCalls(base);
    },
    parquet: async () => {
      const { ParquetCalls } = await import("./parquet_calls.ts");
      return await ParquetCalls.open(pathOf(".parquet"));
    },
    pamscapes: async () => {
      const { PamscapesCalls } = await import("./pamscapes_calls.ts");
      return await PamscapesCalls.open(pathOf(".pamscapes.csv"));
    },
  };
  const exporters: CallExporter[] = [];
  try {
    for (const format of formats) exporters.push(await open[format]());
    exporters.push(await AboutCalls.open(`${base}.about.json`));
  } catch (error) {
    for (const exporter of exporters) await exporter.close();
    throw error;
  }
  return exporters;
}

/** What calls were made with, beside the formats that have no room for it. */
class AboutCalls implements CallExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<AboutCalls> {
    return new AboutCalls(await AtomicFile.open(path));
  }

  add(): Promise<void> {
    return Promise.resolve();
  }

  async commit(about: CallAbout): Promise<string[]> {
    await this.#file.write(JSON.stringify(about, undefined, 2) + "\n");
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Calls as CSV: `start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap`. */
class CsvCalls implements CallExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<CsvCalls> {
    const file = await AtomicFile.open(path);
    await file.write(csvText([CALL_COLUMNS]));
    return new CsvCalls(file);
  }

  async add(call: Call): Promise<void> {
    const fields = callFields(call);
    await this.#file.write(csvText([CALL_COLUMNS.map((name) => fields[name] ?? "")]));
  }

  async commit(_about: CallAbout): Promise<string[]> {
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Calls as JSON: `{ "calls": […], "about": {…} }`, a call a line. */
class JsonCalls implements CallExporter {
  readonly #file: AtomicFile;
  #separator = "";

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<JsonCalls> {
    const file = await AtomicFile.open(path);
    await file.write('{"calls":[');
    return new JsonCalls(file);
  }

  async add(call: Call): Promise<void> {
    await this.#file.write(`${this.#separator}\n${JSON.stringify(callFields(call))}`);
    this.#separator = ",";
  }

  async commit(about: CallAbout): Promise<string[]> {
    await this.#file.write(`\n],\n"about":${JSON.stringify(about, undefined, 2)}}\n`);
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
