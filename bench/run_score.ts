// deno-lint-ignore-file no-console
// Scores a recording in a process of its own, and says as JSON what that took:
// deno run … bench/run_score.ts FILE MODEL MODELS_FOLDER OUT THREADS HOURS
import process from "node:process";
import { loadDetector, RECIPES } from "../pipeline/detector/mod.ts";
import { ScoreStore } from "../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../pipeline/scoring/mod.ts";
import { catalogueFiles } from "../pipeline/timeline/mod.ts";

const [file, model, modelsFolder, out, threads, hour] = Deno.args;
let firstScore = 0;
const detector = await loadDetector({ model, modelsFolder, threads: Number(threads) });
const loaded = process.cpuUsage();
const started = performance.now();
const outcomes = await scoreRange({
  detectors: [detector],
  recipe: RECIPES.exact,
  gain: 1,
  channel: 0,
  ...wholeCatalogue(await catalogueFiles([file]), { from: Number(hour), to: Number(hour) + 1 }),
  stores: [new ScoreStore(out)],
  force: true,
  onProgress: () => firstScore ||= Date.now(),
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(loaded);
const windows = outcomes.reduce((sum, { effortSeconds }) => sum + effortSeconds, 0);
console.log(JSON.stringify({
  windows,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  firstScore,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
}));
detector.engine.close();
