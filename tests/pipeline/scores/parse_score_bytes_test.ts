import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../core/errors.ts";
import {
  formatScoreCsv,
  parseScoreBytes,
  parseScoreCsv,
  type ScoreRows,
} from "../../../pipeline/scores/mod.ts";
import { damageText } from "../../helpers/damage_text.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";

const HOUR = Date.UTC(2021, 0, 1, 23);
const NAME = "20210101_23.csv";

function outcome(read: () => ScoreRows): ScoreRows | string {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof MegapteraError && error.kind === "data", String(error));
    return error.message;
  }
}

/** Reads a text in both ways, which must give the same numbers or the same sentence. */
function same(text: string): ScoreRows | string {
  const bytes = new TextEncoder().encode(text);
  const quick = outcome(() => parseScoreBytes(bytes, NAME));
  assert.deepEqual(quick, outcome(() => parseScoreCsv(text.toWellFormed(), NAME)));
  return quick;
}

/** Scores as this project, the earlier pipeline or a spreadsheet writes them. */
const scoreText = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1e6 }).map((n) => (n / 1e6).toFixed(6)) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom("", "0", "1", "1.0", "0.", ".5", "1e-5", "1.5E-07") },
  { weight: 1, arbitrary: fc.constantFrom("0.1234567890123456", "0.30000000000000004") },
);

function hourText(
  scores: readonly string[],
  legacy: boolean,
  lineEnd: string,
  end: string,
): string {
  const rows = Array.from({ length: 3600 }, (_, bin) => {
    const iso = new Date(HOUR + bin * 1000).toISOString().slice(0, 19);
    return `${legacy ? iso.replace("T", " ") : `${iso}Z`},${scores[bin % scores.length]}`;
  });
  return ["timestamp,raw_score", ...rows].join(lineEnd) + end;
}

Deno.test("bytes are read as the strict reader reads text, in every form that it takes", () => {
  const scores = fc.array(scoreText, { minLength: 1, maxLength: 40 });
  const lineEnd = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(scores, fc.boolean(), lineEnd, fc.boolean(), (scores, legacy, lineEnd, ends) => {
      const rows = same(hourText(scores, legacy, lineEnd, ends ? lineEnd : ""));
      assert.ok(typeof rows !== "string", String(rows));
      assert.equal(rows.hourMs, HOUR);
    }),
    { seed: 10, numRuns: 60 },
  );
});

Deno.test("bytes that are wrong give the strict reader's sentence, with file and line", () => {
  const texts = [
    formatScoreCsv(HOUR, new Float64Array(3600).fill(0.25)),
    hourText(["0.42472347617149353", "1.5e-05", ""], true, "\r\n", "\r\n"),
  ];
  let refused = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const text = damageText(texts[seed % 2], new SeededRandom(seed));
    if (typeof same(text) === "string") refused++;
  }
  assert.ok(refused > 300, `${refused} of 400 were refused`);
});

Deno.test("one changed byte anywhere in the first rows or the last is read or refused alike", () => {
  const text = formatScoreCsv(HOUR, new Float64Array(3600).fill(0.25));
  const spots = [...Array(48).keys(), ...Array.from({ length: 31 }, (_, i) => text.length - 1 - i)];
  for (const at of spots) {
    for (const mark of ["0", "9", ":", ",", ".", "\r", "\n", "é"]) {
      same(text.slice(0, at) + mark + text.slice(at + 1));
    }
  }
});

Deno.test("a file that begins with a mark of byte order is said to", () => {
  const marked = new TextEncoder().encode(`\ufeff${formatScoreCsv(0, new Float64Array(3600))}`);
  assert.throws(
    () => parseScoreBytes(marked, NAME),
    /20210101_23\.csv line 1 .* \(UTF-8 with BOM\)/,
  );
});

Deno.test("a file in UTF-16 is said to be one", () => {
  const text = formatScoreCsv(HOUR, new Float64Array(3600));
  const little = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer);
  const big = little.map((_, i) => little[i ^ 1]);
  for (const bytes of [little, little.subarray(2), big, big.subarray(2)]) {
    assert.throws(() => parseScoreBytes(bytes, NAME), /20210101_23\.csv line 1 as it is UTF-16/);
  }
});
