import type { Call } from "../../pipeline/calls/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { callFields } from "./call_fields.ts";
import { type ParquetColumn, ParquetFile } from "./parquet_file.ts";

/** Calls of a group of rows. */
const GROUP = 50_000;

const COLUMNS: readonly ParquetColumn[] = [
  { name: "start", type: "TIMESTAMP", encoding: "PLAIN" },
  { name: "end", type: "TIMESTAMP", encoding: "PLAIN" },
  { name: "duration_s", type: "DOUBLE", nullable: true },
  { name: "positive_s", type: "INT32" },
  { name: "peak_score", type: "DOUBLE" },
  { name: "mean_score", type: "DOUBLE" },
  { name: "peak_time", type: "TIMESTAMP", encoding: "PLAIN" },
  { name: "at_gap", type: "BOOLEAN" },
];

/** Calls as Parquet, with the columns of the CSV; times are timestamps of UTC. */
export class ParquetCalls implements CallExporter {
  readonly #path: string;
  readonly #file: ParquetFile;
  #calls: Call[] = [];

  private constructor(path: string, file: ParquetFile) {
    this.#path = path;
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<ParquetCalls> {
    return new ParquetCalls(path, await ParquetFile.open(path, COLUMNS));
  }

  async add(call: Call): Promise<void> {
    this.#calls.push(call);
    if (this.#calls.length >= GROUP) await this.#flush();
  }

  async #flush(): Promise<void> {
    const calls = this.#calls;
    const fields = calls.map(callFields);
    this.#calls = [];
    await this.#file.addGroup([
      calls.map(({ startMs }) => BigInt(startMs)),
      calls.map(({ stopMs }) => BigInt(stopMs)),
      fields.map(({ duration_s }) => duration_s),
      fields.map(({ positive_s }) => positive_s),
      fields.map(({ peak_score }) => peak_score),
      fields.map(({ mean_score }) => mean_score),
      calls.map(({ peakMs }) => BigInt(peakMs)),
      fields.map(({ at_gap }) => at_gap),
    ]);
  }

  async commit(about: CallAbout): Promise<string[]> {
    await this.#flush();
    await this.#file.commit(JSON.stringify(about));
    return [this.#path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
