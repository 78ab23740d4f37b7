// deno-lint-ignore-file no-console
// Scores hours of an archive in a process of its own, and says as JSON what that took:
// deno run … bench/run_archive.ts SOURCE MODEL MODELS_FOLDER OUT WORKERS FROM_HOUR TO_HOUR
import process from "node:process";
import { openRecording } from "../pipeline/audio/mod.ts";
import { loadDetector, RECIPES } from "../pipeline/detector/mod.ts";
import { RemoteAccess } from "../pipeline/places/mod.ts";
import { ScoreStore } from "../pipeline/scores/mod.ts";
import { hoursWithin, scoreRange } from "../pipeline/scoring/mod.ts";
import { ListedArchive, templateList } from "../pipeline/timeline/mod.ts";

const [source, model, modelsFolder, out, workers, from, to] = Deno.args;
const DAY_MS = Date.UTC(2021, 0, 1);
const access = new RemoteAccess();
const detectors = await Promise.all(
  Array.from({ length: Number(workers) }, () => loadDetector({ model, modelsFolder, threads: 1 })),
);
const startMs = DAY_MS + Number(from) * 3_600_000;
const stopMs = DAY_MS + Number(to) * 3_600_000;
const open = (place: string) => openRecording(place, access);
// What the system calls the peak begins with that of the process which started this one.
let peakBytes = 0;
const looking = setInterval(() => peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss), 50);
const loaded = process.cpuUsage();
const started = performance.now();
const outcomes = await scoreRange({
  archive: new ListedArchive(templateList(source), { startMs, stopMs, open }),
  hours: hoursWithin(startMs, stopMs),
  detectors,
  recipe: RECIPES.exact,
  gain: 1,
  channel: 0,
  stores: [new ScoreStore(out)],
  force: true,
});
const seconds = (performance.now() - started) / 1000;
clearInterval(looking);
const { user, system } = process.cpuUsage(loaded);
console.log(JSON.stringify({
  windows: outcomes.reduce((sum, { effortSeconds }) => sum + effortSeconds, 0),
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: peakBytes / 1e6,
}));
for (const { engine } of detectors) engine.close();
access.close();
