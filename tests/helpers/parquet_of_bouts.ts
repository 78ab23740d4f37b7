import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";

/**
 * Makes a Parquet file of bouts as others may write it: one bout, so many times.
 *
 * @param rows How many.
 * @param changes Values of columns that are others, one a row; times are milliseconds as `bigint`.
 */
export function parquetOfBouts(
  rows: number,
  changes: Record<string, readonly unknown[]> = {},
): Uint8Array<ArrayBuffer> {
  const of = (value: unknown): unknown[] => new Array(rows).fill(value);
  const values: Record<string, readonly unknown[]> = {
    start: of(0n),
    end: of(1000n),
    positive_s: of(1),
    peak_score: of(0.5),
    mean_score: of(0.5),
    peak_time: of(0n),
    at_gap: of(false),
    ...changes,
  };
  const time = { type: "INT64", converted_type: "TIMESTAMP_MILLIS" } as const;
  const types: Record<string, Partial<SchemaElement>> = {
    ...{ start: time, end: time, peak_time: time },
    positive_s: { type: "INT32" },
    at_gap: { type: "BOOLEAN" },
  };
  const names = Object.keys(values);
  const schema = names.map((name): SchemaElement => ({
    name,
    repetition_type: "REQUIRED",
    ...types[name] ?? { type: "DOUBLE" },
  }));
  const columnData = names.map((name) => ({ name, data: [...values[name]] }));
  const root: SchemaElement = { name: "root", num_children: names.length };
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: [root, ...schema] }));
}
