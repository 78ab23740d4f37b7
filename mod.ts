/**
 * Megaptera: recordings → a score for every second → calls and presence.
 *
 * @module
 */
export { type FaultKind, MegapteraError } from "./pipeline/errors.ts";
export * from "./pipeline/recording/mod.ts";
export * from "./pipeline/remote/mod.ts";
export * from "./pipeline/storage/mod.ts";
export * from "./pipeline/detector/mod.ts";
export * from "./pipeline/scoring/mod.ts";
export * from "./pipeline/calls/mod.ts";
export * from "./analysis/evaluation/mod.ts";
export * from "./analysis/calibration/mod.ts";
export * from "./analysis/exports/pars/mod.ts";
export * from "./analysis/exports/pamscapes/mod.ts";
export * from "./analysis/exports/mod.ts";
export * from "./analysis/presence/mod.ts";
