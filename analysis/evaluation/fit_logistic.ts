import { logistic } from "../statistics/mod.ts";

const MOST_STEPS = 50;

/** A logistic regression on one variable: `P = logistic(intercept + slope · x)`. */
export interface LogisticFit {
  intercept: number;
  slope: number;
  logLikelihood: number;
  /**
   * Variances of intercept and slope and their covariance, robust to items of one group being
   * alike: the sandwich estimator, without correction for few groups.
   */
  covariance: { intercept: number; slope: number; both: number };
}

/**
 * Fits a logistic regression by Newton's method (which is iteratively reweighted least squares).
 *
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), section 4.4; Liang and Zeger,
 * Biometrika 73 (1986) 13, for the covariance with groups.
 *
 * @param x One number an item.
 * @param positive Whether each item is truly positive.
 * @param groups Group of each item, such as its day.
 * @returns The fit; nothing where there is none, as where x separates the two kinds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const fit = fitLogistic([0, 0, 1, 1], [true, false, true, true], [1, 2, 3, 4]);
 * assert(fit === undefined); // every item at 1 is positive
 * ```
 */
export function fitLogistic(
  x: ArrayLike<number>,
  positive: ArrayLike<boolean>,
  groups: ArrayLike<number>,
): LogisticFit | undefined {
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(x, positive, intercept, slope);
    const inverse = invert(hessian);
    if (!inverse) return undefined;
    const move = [
      inverse.intercept * gradient[0] + inverse.both * gradient[1],
      inverse.both * gradient[0] + inverse.slope * gradient[1],
    ];
    intercept += move[0];
    slope += move[1];
    if (!Number.isFinite(intercept + slope)) return undefined;
    if (Math.abs(move[0]) + Math.abs(move[1]) > 1e-10 * (1 + Math.abs(intercept))) continue;
    return finish(x, positive, groups, intercept, slope);
  }
  return undefined;
}

/** A symmetric matrix of two by two. */
interface Symmetric {
  intercept: number;
  slope: number;
  both: number;
}

function derivatives(
  x: ArrayLike<number>,
  positive: ArrayLike<boolean>,
  intercept: number,
  slope: number,
): { gradient: [number, number]; hessian: Symmetric } {
  const gradient: [number, number] = [0, 0];
  const hessian: Symmetric = { intercept: 0, slope: 0, both: 0 };
  for (let i = 0; i < x.length; i++) {
    const p = logistic(intercept + slope * x[i]);
    const residual = (positive[i] ? 1 : 0) - p;
    gradient[0] += residual;
    gradient[1] += residual * x[i];
    const weight = p * (1 - p);
    hessian.intercept += weight;
    hessian.both += weight * x[i];
    hessian.slope += weight * x[i] * x[i];
  }
  return { gradient, hessian };
}

function invert({ intercept, slope, both }: Symmetric): Symmetric | undefined {
  const determinant = intercept * slope - both * both;
  // Where x separates the kinds, the weights vanish step by step.
  if (!(determinant > 1e-12 * intercept * slope) || intercept < 1e-8) return undefined;
  return {
    intercept: slope / determinant,
    slope: intercept / determinant,
    both: -both / determinant,
  };
}

function finish(
  x: ArrayLike<number>,
  positive: ArrayLike<boolean>,
  groups: ArrayLike<number>,
  intercept: number,
  slope: number,
): LogisticFit | undefined {
  const inverse = invert(derivatives(x, positive, intercept, slope).hessian);
  if (!inverse) return undefined;
  const sums = new Map<number, [number, number]>();
  let logLikelihood = 0;
  for (let i = 0; i < x.length; i++) {
    const p = logistic(intercept + slope * x[i]);
    logLikelihood += Math.log(positive[i] ? p : 1 - p);
    const sum = sums.get(groups[i]) ?? [0, 0];
    const residual = (positive[i] ? 1 : 0) - p;
    sums.set(groups[i], [sum[0] + residual, sum[1] + residual * x[i]]);
  }
  const covariance: Symmetric = { intercept: 0, slope: 0, both: 0 };
  for (const [a, b] of sums.values()) {
    const u = inverse.intercept * a + inverse.both * b;
    const v = inverse.both * a + inverse.slope * b;
    covariance.intercept += u * u;
    covariance.slope += v * v;
    covariance.both += u * v;
  }
  return { intercept, slope, logLikelihood, covariance };
}
