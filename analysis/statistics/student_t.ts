import { gammaln } from "simple-statistics";

/**
 * The distribution function of Student's t.
 *
 * Source: the incomplete beta function by its continued fraction, Press et al., Numerical Recipes
 * (3rd ed., 6.4), after Lentz. Held against SciPy in `tests/analysis/statistics/`.
 *
 * @param t Any number.
 * @param freedom Degrees of freedom, > 0; need not be whole.
 * @returns The chance of a value up to `t`, 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(studentTBelow(0, 5), 0.5);
 * assert(Math.abs(studentTBelow(1, 1) - 0.75) < 1e-10);
 * ```
 */
export function studentTBelow(t: number, freedom: number): number {
  if (t === 0) return 0.5;
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * The two-sided chance of a t at least this far from 0.
 *
 * @param t Any number.
 * @param freedom Degrees of freedom, > 0.
 * @returns 0 to 1, exact far out too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(studentTTwoSided(-1, 1) - 0.5) < 1e-10);
 * ```
 */
export function studentTTwoSided(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * The quantile of Student's t.
 *
 * @param chance 0.5 up to, and without, 1.
 * @param freedom Degrees of freedom, > 0.
 * @returns The t that a value stays below with that chance.
 * @throws {RangeError} Where the chance or the degrees of freedom can't be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(studentTQuantile(0.975, 10) - 2.228138852) < 1e-8);
 * ```
 */
export function studentTQuantile(chance: number, freedom: number): number {
  if (!(chance >= 0.5 && chance < 1) || !(freedom > 0)) {
    throw new RangeError(
      `Cannot give a quantile of t as the chance must be in [0.5, 1) and the freedom above 0: ` +
        `${chance}, ${freedom}`,
    );
  }
  const outside = 2 * (1 - chance);
  let [low, high] = [0, 1];
  while (studentTTwoSided(high, freedom) > outside) high *= 2;
  const logPeak = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) -
    Math.log(freedom * Math.PI) / 2;
  // Newton's steps, halved into the bracket where one would leave it.
  let t = (low + high) / 2;
  for (let step = 0; step < 100 && high - low > 1e-13 * high; step++) {
    const apart = studentTTwoSided(t, freedom) - outside;
    if (apart > 0) low = t;
    else high = t;
    const density = 2 * Math.exp(logPeak - (freedom + 1) / 2 * Math.log1p(t * t / freedom));
    const next = t + apart / density;
    if (Math.abs(next - t) <= 1e-14 * t) return next;
    t = next > low && next < high ? next : (low + high) / 2;
  }
  return t;
}

/** Computes the regularised incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction is quick on one side only; the other follows by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) +
    b * Math.log1p(-x);
  return Math.exp(logFront) / a / fraction(x, a, b);
}

/** Computes the continued fraction's denominator, by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const term = (i: number): number => {
    if (i === 0) return 1;
    const m = i >> 1;
    return i % 2 === 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  };
  let [value, c, d] = [1, 1, 0];
  for (let i = 1; i < 1000; i++) {
    d = 1 / (1 + term(i) * d || tiny);
    c = 1 + term(i) / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}
