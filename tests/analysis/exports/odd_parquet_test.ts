import assert from "node:assert/strict";
import { parseParquetBouts } from "../../../analysis/exports/read_parquet_bouts.ts";
import { parquetOfBouts } from "../../helpers/parquet_of_bouts.ts";

Deno.test("bouts are read back from a file that others wrote", () => {
  const [bout] = parseParquetBouts(parquetOfBouts(1), "a.parquet");
  assert.deepEqual([bout.startMs, bout.stopMs, bout.atGap], [0, 1000, false]);
});

for (const ms of [2n ** 62n, -(2n ** 62n), 9_000_000_000_000_000n, 253_402_300_800_000n]) {
  Deno.test(`a time that can't be, or has no year of four digits, is refused in a sentence: ${ms}`, () =>
    assert.throws(() => parseParquetBouts(parquetOfBouts(1, { start: [ms] }), "a.parquet"), {
      kind: "data",
      message: /^Cannot read the bout in a\.parquet, row 1 as its column "start" is wrong: .*\.$/,
    }));
}

Deno.test("a few bytes that say they are many rows are refused before there is room made for them", () => {
  for (const rows of [3000, 100_000]) {
    const bytes = parquetOfBouts(rows);
    assert.ok(bytes.length < rows, `${bytes.length} bytes`);
    assert.throws(() => parseParquetBouts(bytes, "a.parquet"), {
      kind: "data",
      message: "Cannot read a.parquet as it is not a whole Parquet file.",
    });
  }
});

Deno.test("every byte of a file may be another: a fault, or bouts, and no more room than it needs", () => {
  const whole = parquetOfBouts(2);
  let most = 0;
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0x7f, 0xff]) {
      const bytes = whole.slice();
      bytes[at] = value;
      try {
        most = Math.max(most, parseParquetBouts(bytes, "a.parquet").length);
      } catch (error) {
        const { kind, message } = error as { kind?: string; message: string };
        assert.equal(kind, "data", `byte ${at}, ${value}: ${(error as Error).stack}`);
        assert.match(message, /^Cannot read .*\.$/);
      }
    }
  }
  assert.ok(most <= whole.length);
});
