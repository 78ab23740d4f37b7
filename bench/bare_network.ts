// deno-lint-ignore-file no-console
// Runs the network alone over batches of windows, in a process of its own, and says as JSON what
// that took: deno run … bench/bare_network.ts MODEL MODELS_FOLDER THREADS WINDOWS
import process from "node:process";
import { loadDetector, MEL_BANDS, WINDOW_FRAMES } from "../pipeline/detector/mod.ts";

const [model, modelsFolder, threads, count] = Deno.args;
const { engine } = await loadDetector({ model, modelsFolder, threads: Number(threads) });
const batch = Float32Array.from(
  { length: engine.batchWindows * WINDOW_FRAMES * MEL_BANDS },
  (_, i) => Math.abs(Math.sin(i)),
);
await engine.run(batch.slice());
const before = process.cpuUsage();
const started = performance.now();
for (let windows = 0; windows < Number(count); windows += engine.batchWindows) {
  await engine.run(batch.slice());
}
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ windows: Number(count), seconds, cpuSeconds: (user + system) / 1e6 }));
engine.close();
