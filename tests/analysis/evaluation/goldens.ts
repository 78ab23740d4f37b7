import type { Span } from "../../../core/mod.ts";

type Pair = [number, number];
type Numbers = Record<string, number | null>;

/** What other programs say of made-up bouts; `make_goldens.py` beside it made it. */
export interface Goldens {
  lengthSeconds: number;
  cases: {
    reference: Pair[];
    detected: Pair[];
    segments: Record<string, Numbers>;
    events: Record<string, Numbers>;
    intersection: Record<string, Numbers>;
  }[];
  staircase: { reference: Pair[]; points: Pair[][]; psds: Record<string, number> };
  rankings: {
    scores: number[];
    positive: number[];
    averagePrecision: number;
    thresholds: number[];
    precision: number[];
    recall: number[];
  }[];
  logistic: {
    scores: number[];
    positive: number[];
    groups: number[];
    statsmodels: Pair;
    scikitLearn: Pair;
    clusterCovariance: [Pair, Pair];
    aic: { null: number; raw: number; logit: number };
    brier: number;
  };
  wilson: [number, number, number][];
}

const PATH = new URL("../../fixtures/evaluation/goldens.json", import.meta.url);

/** Reads the goldens. */
export async function readGoldens(): Promise<Goldens> {
  return JSON.parse(await Deno.readTextFile(PATH));
}

/** Spans of seconds as spans of milliseconds. */
export function inMs(pairs: readonly Pair[]): Span[] {
  return pairs.map(([start, stop]) => ({ startMs: start * 1000, stopMs: stop * 1000 }));
}
