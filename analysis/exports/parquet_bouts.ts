import type { SchemaElement } from "hyparquet";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import type { BoutAbout, BoutExporter } from "./bout_exporter.ts";
import { boutFields } from "./bout_fields.ts";

/** Bouts of a group of rows. */
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

/** Bouts as Parquet, with the columns of the CSV; times are timestamps of UTC. */
export class ParquetBouts implements BoutExporter {
  readonly #path: string;
  readonly #file: ParquetFile;
  #bouts: Bout[] = [];

  private constructor(path: string, file: ParquetFile) {
    this.#path = path;
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<ParquetBouts> {
    return new ParquetBouts(path, await ParquetFile.open(path, COLUMNS));
  }

  async add(bout: Bout): Promise<void> {
    this.#bouts.push(bout);
    if (this.#bouts.length >= GROUP) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bouts = this.#bouts;
    const fields = bouts.map(boutFields);
    this.#bouts = [];
    await this.#file.addGroup([
      bouts.map(({ startMs }) => BigInt(startMs)),
      bouts.map(({ stopMs }) => BigInt(stopMs)),
      fields.map(({ duration_s }) => duration_s),
      fields.map(({ positive_s }) => positive_s),
      fields.map(({ peak_score }) => peak_score),
      fields.map(({ mean_score }) => mean_score),
      bouts.map(({ peakMs }) => BigInt(peakMs)),
      fields.map(({ at_gap }) => at_gap),
    ]);
  }

  async commit(about: BoutAbout): Promise<string[]> {
    await this.#flush();
    await this.#file.commit(JSON.stringify(about));
    return [this.#path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A column of a Parquet file. */
export interface ParquetColumn {
  name: string;
  /** `TIMESTAMP` is milliseconds of UTC. */
  type: "TIMESTAMP" | "INT32" | "DOUBLE" | "BOOLEAN";
  /** Whether values may be missing (null). */
  nullable?: boolean;
  /**
   * How it is packed; the writer's choice by default. Not DELTA_BINARY_PACKED: nanoparquet 0.5 and
   * fastparquet 2026.9 read other numbers from it, without a word.
   */
  encoding?: "PLAIN" | "BYTE_STREAM_SPLIT";
}

/** A Parquet file that is written group of rows by group of rows, whole or not at all. */
export class ParquetFile {
  readonly #file: AtomicFile;
  readonly #columns: readonly ParquetColumn[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;

  private constructor(file: AtomicFile, columns: readonly ParquetColumn[]) {
    this.#file = file;
    this.#columns = columns;
    const root = { name: "root", num_children: columns.length };
    const schema = [root, ...columns.map(schemaElement)];
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema, createdBy: "megaptera" });
  }

  /**
   * @param path Where the file is to be.
   * @param columns Its columns.
   */
  static async open(path: string, columns: readonly ParquetColumn[]): Promise<ParquetFile> {
    return new ParquetFile(await AtomicFile.open(path), columns);
  }

  /** Adds a group of rows: the columns' values in their order. */
  async addGroup(values: readonly ColumnSource["data"][]): Promise<void> {
    const columnData = this.#columns.map(({ name, encoding }, i): ColumnSource => ({
      name,
      data: values[i],
      ...(encoding === undefined ? {} : { encoding }),
    }));
    if (values[0].length === 0) return;
    await this.#writer.write({ columnData, rowGroupSize: values[0].length });
    await this.#flush();
  }

  /**
   * Puts it in its place.
   *
   * @param about What goes with it, as the text of its key `megaptera`.
   */
  async commit(about: string): Promise<void> {
    this.#writer.kvMetadata = [{ key: "megaptera", value: about }];
    await this.#writer.finish();
    await this.#flush();
    await this.#file.commit();
  }

  /** Lets go of it; what was not committed is removed. */
  close(): Promise<void> {
    return this.#file.close();
  }

  async #flush(): Promise<void> {
    await this.#file.writeBytes(this.#bytes.getBytes().slice());
    this.#bytes.index = 0;
  }
}

function schemaElement({ name, type, nullable }: ParquetColumn): SchemaElement {
  const repetition_type = nullable ? "OPTIONAL" : "REQUIRED";
  if (type !== "TIMESTAMP") return { name, repetition_type, type };
  return {
    name,
    repetition_type,
    type: "INT64",
    // Old readers know this one, and take it for UTC or for a time without a zone.
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  };
}
