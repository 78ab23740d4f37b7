import { MegapteraError } from "../../../core/mod.ts";
import type { Call } from "../../../pipeline/calls/mod.ts";
import { CALL_COLUMNS } from "../call_fields.ts";
import { callOfFields } from "./call_of_fields.ts";
import { parquetRows } from "./parquet_rows.ts";

/**
 * Reads calls as Parquet back.
 *
 * @param bytes The file.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the row.
 */
export function parseParquetCalls(bytes: Uint8Array<ArrayBuffer>, name: string): Call[] {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let rows: Record<string, unknown>[];
  try {
    rows = parquetRows(file, CALL_COLUMNS);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${name} as it is not a whole Parquet file.`, {
      cause,
    });
  }
  return rows.map((row, i) =>
    callOfFields(
      { ...row, start: iso(row.start), end: iso(row.end), peak_time: iso(row.peak_time) },
      `${name}, row ${i + 1}`,
    )
  );
}

/** A time as text; of one that can't be, words that are refused as no time. */
function iso(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? "no time" : value.toISOString();
}
