// deno-lint-ignore-file no-console
// What an hour costs: the whole of `score` beside the bare network and one core's peak, in turn,
// so that a drift of the machine's speed meets all of them. `deno task bench`.
import { join } from "node:path";
import { chooseModel } from "./choose_model.ts";
import { fmaPeak } from "./fma_peak.ts";
import { runScript } from "./run_script.ts";
import { writeSparseDay } from "./sparse_day.ts";

/** Operations of the published network on a window; the demo's are not counted. */
const GFLOP_A_WINDOW = 5.0;

const folder = await Deno.makeTempDir();
try {
  const { model, modelsFolder, is } = await chooseModel(folder);
  const day = join(folder, "BENCH-20210101T000000Z-16kHz.wav");
  await writeSparseDay(day);
  console.log(`An hour of a sparse 4.15 GB day (24-bit, 16 kHz), scored by ${is}.`);
  const peak = await fmaPeak();
  const network = (threads: number) =>
    runScript("./bare_network.ts", [model, modelsFolder, String(threads), "800"]);
  const score = (threads: number) =>
    runScript("./run_score.ts", [
      day,
      model,
      modelsFolder,
      join(folder, "out"),
      String(threads),
      "0",
    ]);
  const before = await network(1);
  const one = await score(1);
  const after = await network(1);
  const two = await score(2);
  const bare = (before.cpuSeconds + after.cpuSeconds) / (before.windows + after.windows);
  const whole = one.cpuSeconds / one.windows;
  const row = (name: string, value: string): void => console.log(`${name.padEnd(52)}${value}`);
  if (peak) {
    row("peak of one core", `${peak.toFixed(0)} GFLOP/s`);
    if (model === "google") {
      const share = GFLOP_A_WINDOW / bare / peak;
      row("bare network, 1 thread, of that peak", `${(100 * share).toFixed(0)} %`);
    }
  } else row("peak of one core", "not measured: no C compiler (cc)");
  row("bare network, 1 thread, core-ms a window", (1000 * bare).toFixed(2));
  row("whole score, 1 thread, core-ms a window", (1000 * whole).toFixed(2));
  row("whole over bare", `${(whole / bare).toFixed(3)}`);
  row("windows a second, 1 thread", (one.windows / one.seconds).toFixed(1));
  row("windows a second, 2 threads", (two.windows / two.seconds).toFixed(1));
  row("2 threads over 1", (one.seconds / two.seconds).toFixed(2));
  row("first score after the start, s", ((one.firstScore - one.started) / 1000).toFixed(2));
  row("peak memory, MB", Math.max(one.peakMegabytes, two.peakMegabytes).toFixed(0));
} finally {
  await Deno.remove(folder, { recursive: true });
}
