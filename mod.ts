/**
 * Megaptera: recordings → a score for every second → bouts, presence and answers.
 *
 * @module
 */
export * from "./core/mod.ts";
export * from "./pipeline/audio/mod.ts";
export * from "./pipeline/timeline/mod.ts";
export * from "./pipeline/places/mod.ts";
export * from "./pipeline/detector/mod.ts";
export * from "./pipeline/scores/mod.ts";
export * from "./pipeline/scoring/mod.ts";
export * from "./pipeline/bouts/mod.ts";
export * from "./analysis/evaluation/mod.ts";
export * from "./analysis/exports/mod.ts";
export { parseAudacityLabels, parseTime } from "./analysis/tables/mod.ts";
export * from "./analysis/presence/mod.ts";
export * from "./analysis/sun/mod.ts";
export * from "./analysis/statistics/mod.ts";
export * from "./analysis/season/mod.ts";
export * from "./analysis/diel/mod.ts";
export * from "./analysis/artefacts/mod.ts";
export * from "./simulation/season/mod.ts";
export * from "./analysis/charts/mod.ts";
export * from "./analysis/report/mod.ts";
