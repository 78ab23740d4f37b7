import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../core/errors.ts";
import { formatScoreCsv, parseScoreCsv } from "../../../pipeline/scores/score_csv.ts";

const HOUR = Date.UTC(2021, 0, 1, 23);
const hour = (): string => formatScoreCsv(HOUR, new Float64Array(3600).fill(0.25));

function rejected(text: string, pattern: RegExp): void {
  assert.throws(() => parseScoreCsv(text, "20210101_23.csv"), (error) => {
    assert.ok(error instanceof MegapteraError && error.kind === "data");
    assert.match(error.message, pattern);
    return true;
  });
}

Deno.test("an hour is 3,600 rows of a time and a score of six decimals, empty without effort", () => {
  const scores = new Float64Array(3600).fill(0.0123456789);
  scores[1] = NaN;
  const lines = formatScoreCsv(HOUR, scores).split("\n");
  assert.deepEqual(lines.slice(0, 3), [
    "timestamp,raw_score",
    "2021-01-01T23:00:00Z,0.012346",
    "2021-01-01T23:00:01Z,",
  ]);
  assert.equal(lines[3600], "2021-01-01T23:59:59Z,0.012346");
  assert.equal(lines.length, 3602);
});

Deno.test("what was written is read back to six decimals", () => {
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN));
  fc.assert(
    fc.property(fc.array(score, { minLength: 3600, maxLength: 3600 }), (scores) => {
      const { hourMs, scores: read } = parseScoreCsv(formatScoreCsv(HOUR, scores), "x");
      assert.equal(hourMs, HOUR);
      scores.forEach((value, bin) =>
        assert.ok(
          Number.isNaN(value) ? Number.isNaN(read[bin]) : Math.abs(read[bin] - value) <= 0.51e-6,
        )
      );
    }),
    { seed: 6, numRuns: 5 },
  );
});

Deno.test("the earlier Python pipeline's files are read", () => {
  const rows = Array.from({ length: 3600 }, (_, bin) => {
    const time = new Date(HOUR + bin * 1000).toISOString().slice(0, 19).replace("T", " ");
    return `${time},${bin === 3 ? "1.5e-05" : "0.42472347617149353"}`;
  });
  const { hourMs, scores } = parseScoreCsv(["timestamp,raw_score", ...rows, ""].join("\r\n"), "x");
  assert.equal(hourMs, HOUR);
  assert.equal(scores[0], 0.42472347617149353);
  assert.equal(scores[3], 1.5e-5);
});

Deno.test("what is wrong in a file is named with its line", () => {
  const lines = hour().split("\n");
  const swap = (line: number, text: string): string => lines.with(line - 1, text).join("\n");
  rejected("", /line 1 as an hour of scores begins with "timestamp,raw_score": found ""/);
  rejected(swap(1, "time;score"), /line 1 .* found "time;score"/);
  rejected(swap(5, "2021-01-01T23:00:03Z,x"), /line 5 .* found "x"/);
  rejected(swap(5, "2021-01-01T23:00:03Z,1.2"), /line 5 .* found "1.2"/);
  rejected(swap(5, "2021-01-01T23:00:03Z,nan"), /line 5 .* found "nan"/);
  rejected(swap(5, "2021-01-01T23:00:04Z,0.1"), /line 5 .* expected 2021-01-01T23:00:03Z, found/);
  rejected(swap(5, "2021-01-01T23:00:03Z"), /line 5 as a row is a time and a score/);
  rejected(swap(2, "2021-01-01T23:00:01Z,0.1"), /line 2 .* expected the top of an hour/);
  rejected(lines.slice(0, 2000).join("\n"), /line 2000 .* the file ends after 1999/);
  rejected(hour() + "2021-01-02T00:00:00Z,0.1\n", /line 3602 .* found one more/);
  rejected("\ufeff" + hour(), /line 1/);
});
