import assert from "node:assert/strict";
import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { parseParquetCalls } from "../../../analysis/exports/read/parquet_calls.ts";

type Values = Record<string, readonly unknown[]>;

/** One call's columns, `rows` times; times are milliseconds. */
function calls(rows: number, changes: Values = {}): Uint8Array<ArrayBuffer> {
  const of = (value: unknown): unknown[] => new Array(rows).fill(value);
  const values: Values = {
    start: of(0n),
    end: of(1000n),
    positive_s: of(1),
    peak_score: of(0.5),
    mean_score: of(0.5),
    peak_time: of(0n),
    at_gap: of(false),
    ...changes,
  };
  const types: Record<string, Partial<SchemaElement>> = {
    start: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
    end: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
    peak_time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
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

Deno.test("calls are read back from a file that others wrote", async () => {
  const [call] = await parseParquetCalls(calls(1), "a.parquet");
  assert.deepEqual([call.startMs, call.stopMs, call.atGap], [0, 1000, false]);
});

for (const ms of [2n ** 62n, -(2n ** 62n), 9_000_000_000_000_000n, 253_402_300_800_000n]) {
  Deno.test(`a time that can't be, or has no year of four digits, is refused in a sentence: ${ms}`, () =>
    assert.rejects(parseParquetCalls(calls(1, { start: [ms] }), "a.parquet"), {
      kind: "data",
      message: /^Cannot read the call in a\.parquet, row 1 as its column "start" is wrong: .*\.$/,
    }));
}

Deno.test("a few bytes that say they are many rows are refused before there is room made for them", async () => {
  for (const rows of [3000, 100_000]) {
    const bytes = calls(rows);
    assert.ok(bytes.length < rows, `${bytes.length} bytes`);
    await assert.rejects(parseParquetCalls(bytes, "a.parquet"), {
      kind: "data",
      message: "Cannot read a.parquet as it is not a whole Parquet file.",
    });
  }
});

Deno.test("every byte of a file may be another: a fault, or calls, and no more room than it needs", async () => {
  const whole = calls(2);
  let most = 0;
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0x7f, 0xff]) {
      const bytes = whole.slice();
      bytes[at] = value;
      try {
        most = Math.max(most, (await parseParquetCalls(bytes, "a.parquet")).length);
      } catch (error) {
        const { kind, message } = error as { kind?: string; message: string };
        assert.equal(kind, "data", `byte ${at}, ${value}: ${(error as Error).stack}`);
        assert.match(message, /^Cannot read .*\.$/);
      }
    }
  }
  assert.ok(most <= whole.length);
});
