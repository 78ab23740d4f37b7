import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type BinBout,
  BoutFinder,
  type BoutOptions,
  EDGES,
  findBinBouts,
  medianAtLeast,
  medianFilter,
  positiveBins,
} from "../../../pipeline/bouts/mod.ts";

const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const someScores = fc.array(score, { maxLength: 120 });
const someOptions = fc.record({
  threshold: fc.constantFrom(0, 0.3, 0.5, 0.55, 1),
  below: fc.constantFrom(0, 0.1, 0.25),
  gap: fc.integer({ min: 0, max: 6 }),
  min: fc.integer({ min: 0, max: 6 }),
  median: fc.constantFrom(1, 3, 5, 9, 25),
  edges: fc.constantFrom(...EDGES),
  calibrated: fc.boolean(),
}).map(({ below, calibrated, ...options }): BoutOptions => ({
  ...options,
  off: options.threshold - below,
  calibrate: calibrated ? (filtered) => filtered ** 2 : undefined,
}));

/** Where to cut, and where a cut leaves out some bins. */
const someCuts = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 8 });

interface Whole {
  bouts: BinBout[];
  positive: number[];
}

function whole(scores: readonly number[], options: BoutOptions): Whole {
  const filtered = medianFilter(scores, options.median, options.edges)
    .map((value) => options.calibrate ? options.calibrate(value) : value);
  const positive = [...positiveBins(filtered, options.threshold, options.off)];
  return { bouts: findBinBouts(filtered, options), positive };
}

function inPieces(
  scores: readonly number[],
  cuts: readonly number[],
  options: BoutOptions,
): Whole & { starts: number[]; effort: number[] } {
  const bouts: BinBout[] = [];
  const starts: number[] = [];
  const positive: number[] = scores.map(() => 0);
  const effort: number[] = scores.map(() => 0);
  let decided = -Infinity;
  const mark = (into: number[]) => (start: number, stop: number): void => {
    assert.ok(start >= decided && stop > start, "nothing is told of what is settled");
    for (let bin = start; bin < stop; bin++) into[bin]++;
  };
  const finder = new BoutFinder(options, {
    onBout: (bout) => bouts.push(bout),
    onBoutStart: (start) => {
      assert.ok(start >= decided, "no bout starts in what is settled");
      starts.push(start);
    },
    onPositive: mark(positive),
    onEffort: mark(effort),
  });
  const borders = [0, ...cuts.filter((cut) => cut < scores.length).sort((a, b) => a - b)];
  borders.forEach((start, i) => {
    const piece = scores.slice(start, borders[i + 1] ?? scores.length);
    // A piece without any effort may as well not be there.
    if (piece.every(Number.isNaN)) return;
    finder.push(start, Float64Array.from(piece));
    assert.ok(finder.settled <= start + piece.length);
    decided = finder.settled;
  });
  finder.finish();
  return { bouts, starts, positive, effort };
}

Deno.test("scores in pieces give, bit for bit, the bouts of the scores as a whole", () => {
  fc.assert(
    fc.property(someScores, someCuts, someOptions, (scores, cuts, options) => {
      const pieces = inPieces(scores, cuts, options);
      const { bouts, positive } = whole(scores, options);
      assert.deepEqual(pieces.bouts, bouts);
      assert.deepEqual(pieces.starts, bouts.map(({ start }) => start));
      assert.deepEqual(pieces.positive, positive);
      assert.deepEqual(pieces.effort, scores.map((value) => Number.isNaN(value) ? 0 : 1));
    }),
    { seed: 6, numRuns: 3000 },
  );
});

Deno.test("counting 13 of 25 decides as the median does, at even-sized edges too", () => {
  const known = fc.array(fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10), {
    minLength: 1,
    maxLength: 70,
  });
  const settings = [fc.constantFrom(1, 3, 5, 25), fc.constantFrom(...EDGES)] as const;
  const threshold = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
  fc.assert(
    fc.property(known, ...settings, threshold, (scores, length, edges, threshold) => {
      const plain = medianFilter(scores, length, edges).map((value) => value >= threshold ? 1 : 0);
      const stretch = { values: Float64Array.from(scores), begins: true, ends: true };
      assert.deepEqual(
        [...medianAtLeast(stretch, length, edges, threshold)],
        [...plain],
      );
    }),
    { seed: 7, numRuns: 2000 },
  );
});

Deno.test("a bout over the turn of the year is one bout", () => {
  const border = Date.UTC(2021, 0, 1) / 1000;
  const found: BinBout[] = [];
  const options = { median: 25, threshold: 0.5, gap: 10, min: 3 };
  const finder = new BoutFinder(options, { onBout: (bout) => found.push(bout) });
  const hour = (from: number, to: number): Float64Array =>
    Float64Array.from({ length: 3600 }, (_, bin) => bin >= from && bin < to ? 0.9 : 0.1);
  finder.push(border - 3600, hour(3500, 3600));
  finder.push(border, hour(0, 50));
  finder.finish();
  assert.deepEqual(found.map(({ start, stop, atGap }) => [start - border, stop - border, atGap]), [
    [-100, 50, false],
  ]);
});

Deno.test("BoutFinder refuses pieces out of order and settings that can't be", () => {
  const options = { median: 3, threshold: 0.5, gap: 0, min: 0 };
  const finder = new BoutFinder(options, {});
  finder.push(10, new Float64Array(5));
  assert.throws(() => finder.push(14, new Float64Array(1)), RangeError);
  assert.throws(() => new BoutFinder({ ...options, median: 4 }, {}), RangeError);
  assert.throws(() => new BoutFinder({ ...options, off: 0.6 }, {}), RangeError);
});
