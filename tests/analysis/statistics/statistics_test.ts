import assert from "node:assert/strict";
import fc from "fast-check";
import { pairedDays } from "../../../analysis/presence/mod.ts";
import {
  autocorrelation,
  batchMeans,
  dayMemory,
  differenceOfDays,
  holm,
  ratioOfDays,
  seasonSpectrum,
  studentTBelow,
  studentTQuantile,
  studentTTwoSided,
  varianceOfSum,
  withoutSeason,
} from "../../../analysis/statistics/mod.ts";
import { SeededRandom } from "../../../core/random.ts";
import golden from "./goldens.json" with { type: "json" };

/** Equal to a relative 1e-9. */
function near(found: number, expected: number, relative = 1e-9): void {
  const apart = Math.abs(found - expected);
  assert.ok(apart <= relative * Math.max(1e-6, Math.abs(expected)), `${found} is not ${expected}`);
}

const orNaN = (values: (number | null)[]): number[] => values.map((value) => value ?? NaN);

Deno.test("a proportion's interval has equal halves on the logit scale, and stays off 0 and 1", () => {
  const effort = new Float64Array(120).fill(1000);
  const part = effort.map((_, day) => day >= 50 && day < 53 ? 600 : 0);
  const { ratio, low, high, half } = ratioOfDays(part, effort);
  const apart = half / (ratio * (1 - ratio));
  const odds = ratio / (1 - ratio);
  assert.ok(ratio - half < 0 && low > 0);
  assert.ok(Math.abs(low / (1 - low) / odds - Math.exp(-apart)) < 1e-9);
  assert.ok(Math.abs(high / (1 - high) / odds / Math.exp(apart) - 1) < 1e-9);
});

Deno.test("Student's t is SciPy's: quantiles, tails and the distribution function", () => {
  for (const [chance, freedom, expected] of golden.quantiles) {
    near(studentTQuantile(chance, freedom), expected);
  }
  for (const [t, freedom, expected] of golden.twoSided) {
    near(studentTTwoSided(t, freedom), expected);
    near(studentTTwoSided(-t, freedom), expected);
  }
  for (const [t, freedom, expected] of golden.below) near(studentTBelow(t, freedom), expected);
  assert.throws(() => studentTQuantile(1, 5), /in \[0\.5, 1\)/);
  assert.throws(() => studentTQuantile(0.9, 0), RangeError);
});

Deno.test("autocorrelation is statsmodels', with days missing too", () => {
  const found = [
    ...autocorrelation(orNaN(golden.series), 40),
    ...autocorrelation(orNaN(golden.holed), 40),
  ];
  const expected = orNaN([...golden.acf, ...golden.holedAcf]);
  for (const [i, value] of found.entries()) near(value, expected[i], 1e-8);
  assert.equal(autocorrelation([1, 2], 9).length, 2);
  assert.ok(Number.isNaN(autocorrelation([3, 3, 3], 1)[1]));
});

Deno.test("Holm's adjustment is statsmodels', and passes over tests that were not made", () => {
  for (const { chances, adjusted } of golden.holm) {
    for (const [i, value] of holm(chances).entries()) near(value, orNaN(adjusted)[i]);
  }
  assert.deepEqual([...holm([NaN, 0.5])], [NaN, 0.5]);
});

Deno.test("on blocks that are independent, batch means is SciPy's t interval of their means", () => {
  const days = golden.blockMeans.flatMap((mean) => new Array<number>(9).fill(mean));
  const effort = new Float64Array(days.length).fill(1);
  const mean = days.reduce((sum, value) => sum + value, 0) / days.length;
  // The blocks' days are all alike here; what correlates them is told, not measured.
  const memory = { ...dayMemory(new Float64Array(0), []), reachDays: 1, daily: 0, share: 0 };
  const influence = Float64Array.from(days, (value) => value - mean);
  const { error, blocks } = batchMeans(mean, influence, effort, memory);
  assert.equal(blocks, golden.blockMeans.length);
  const [low, high] = golden.interval;
  near(error * studentTQuantile(0.975, blocks - 1), (high - low) / 2);
});

Deno.test("a difference on the same days is that of a regression with a level for each day, as statsmodels has it", () => {
  const { first, second, difference } = golden.paired;
  near(differenceOfDays(first, second).difference, difference);
});

Deno.test("months of night and day weigh as had all of them been heard: that of a regression with such weights", () => {
  const { lengths, heard, song, difference } = golden.months;
  const [possible, effort, part] = [lengths, heard, song].map((of) => Float64Array.from(of.flat()));
  const [days, classes] = [lengths.length, 2];
  const firstDayMs = Date.UTC(2016, 9, 20);
  const cube = { firstDayMs, days, classes, part, effort, possible, scheduled: possible };
  near(differenceOfDays(...pairedDays(cube, 0, 1)).difference, difference);
});

Deno.test("a ratio of days, its interval, its degrees of freedom and its trust are as another program has them", () => {
  for (const expected of golden.ratios) {
    const found = ratioOfDays(expected.part, expected.effort);
    near(found.ratio, expected.ratio);
    // The fitted form agrees as far as its rounds go.
    for (const name of ["error", "freedom", "low", "high"] as const) {
      near(found[name], expected[name], 1e-5);
    }
    assert.ok(Math.abs(found.memory.daily - expected.daily) < 1e-5);
    assert.equal(found.trust, expected.trust);
  }
});

Deno.test("the variance of a sum of days, and their spectrum, are NumPy's and SciPy's", () => {
  const { weights, turns, of } = golden.forms;
  for (const { daily, share, variance, spectrum } of of) {
    near(varianceOfSum({ daily, share }, Float64Array.from(weights)), variance);
    near(seasonSpectrum({ daily, share }, turns), spectrum);
  }
});

Deno.test("an interval needs six blocks: shorter ones are approximate, fewer describe only", () => {
  const trust = (days: number) => {
    const effort = new Float64Array(days).fill(86_400);
    const song = effort.map((seconds, day) => seconds * (0.3 + 0.2 * Math.sin(day * day)));
    return ratioOfDays(song, effort);
  };
  assert.equal(trust(365).trust, "sound");
  assert.equal(trust(92).blockDays, 11); // two half waves of the season take two blocks
  assert.equal(trust(31).trust, "approximate");
  assert.equal(trust(31).blockDays, 5);
  assert.equal(trust(28).blockDays, 4); // a February has an interval too
  const few = trust(23);
  assert.equal(few.trust, "descriptive");
  assert.ok(few.ratio > 0 && Number.isNaN(few.low) && Number.isNaN(few.chance));
  const none = ratioOfDays(new Float64Array(100), new Float64Array(100));
  assert.ok(none.trust === "descriptive" && Number.isNaN(none.ratio));
  assert.equal(ratioOfDays([], []).trust, "descriptive");
});

Deno.test("a year of days that resemble their neighbours is approximate, and so is one that few days carry", () => {
  const random = new SeededRandom(11);
  const effort = new Float64Array(730).fill(86_400);
  let strength = 0;
  const slow = effort.map((seconds) => {
    strength = 0.85 * strength + random.gaussian();
    return seconds / (1 + Math.exp(1 - strength));
  });
  const noisy = effort.map((seconds) => seconds * random.between(0, 1));
  const rare = effort.map((seconds, day) =>
    day % 37 === 0 ? seconds * random.between(0.2, 0.8) : 0
  );
  assert.equal(ratioOfDays(noisy, effort).trust, "sound");
  const known = ratioOfDays(slow, effort);
  assert.equal(known.trust, "approximate");
  assert.ok(known.memory.daily > 0.75 && known.memory.daily < 0.92, `${known.memory.daily}`);
  assert.equal(ratioOfDays(rare, effort).trust, "approximate");
});

Deno.test("of every third day the memory of days is measured, though no two neighbours were heard", () => {
  const random = new SeededRandom(5);
  let strength = 0;
  const days = Float64Array.from({ length: 900 }, () => {
    strength = 0.9 * strength + random.gaussian();
    return strength;
  });
  const all = dayMemory(days, []);
  const some = dayMemory(days.map((value, day) => day % 3 === 0 ? value : NaN), []);
  assert.ok(Number.isNaN(some.correlation[1]) && some.reachDays > 6);
  assert.ok(Math.abs(some.daily - all.daily) < 0.06, `${some.daily}, ${all.daily}`);
});

Deno.test("an interval is never narrower than that of independent days", () => {
  const effort = new Float64Array(200).fill(1);
  const influence = effort.map((_, day) => day % 2 === 0 ? 1 : -1);
  assert.ok(batchMeans(0, influence, effort).error >= 1 / Math.sqrt(200));
});

Deno.test("a year of which ten days were heard has no interval, however long the year", () => {
  const effort = Float64Array.from({ length: 365 }, (_, day) => day >= 100 && day < 110 ? 100 : 0);
  const song = effort.map((seconds, day) => seconds * (day % 2 ? 0.1 : 0.3));
  assert.equal(ratioOfDays(song, effort).trust, "descriptive");
});

Deno.test("days without effort change neither the ratio nor what lies beside them", () => {
  const days = fc.array(
    fc.record({ heard: fc.boolean(), part: fc.integer({ min: 0, max: 100 }) }),
    {
      minLength: 40,
      maxLength: 400,
    },
  );
  fc.assert(
    fc.property(days, (drawn) => {
      const effort = Float64Array.from(drawn, ({ heard }) => heard ? 100 : 0);
      const part = Float64Array.from(drawn, ({ heard, part }) => heard ? part : 0);
      const { ratio, low, high, trust } = ratioOfDays(part, effort);
      if (!effort.some((value) => value > 0)) return assert.equal(trust, "descriptive");
      const parts = part.reduce((sum, value) => sum + value, 0);
      near(ratio, parts / effort.reduce((sum, value) => sum + value, 0));
      if (trust !== "descriptive") {
        assert.ok(0 <= low && low <= ratio && ratio <= high && high <= 1);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

Deno.test("a season is taken out of two months of days and more, and stays where there are fewer", () => {
  const wave = (days: number) =>
    Float64Array.from({ length: days }, (_, day) => Math.cos(2 * Math.PI * (day - 40) / 365.25));
  const ones = (days: number) => new Float64Array(days).fill(1);
  const year = withoutSeason(wave(730), ones(730));
  assert.equal(year.turns.length, 6);
  assert.equal(withoutSeason(wave(365), ones(365)).turns.length, 6);
  assert.ok(year.rest.every((value) => Math.abs(value) < 1e-12));
  const part = withoutSeason(wave(270), ones(270));
  assert.equal(part.turns.length, 4);
  const [before, after] = [wave(270), part.rest].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  assert.ok(after < 0.01 * before, `${after} is left of ${before}`);
  const short = withoutSeason(wave(50), ones(50));
  assert.equal(short.turns.length, 0);
  assert.deepEqual(short.rest, wave(50));
});
