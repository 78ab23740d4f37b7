// deno-lint-ignore-file no-console
// What an hour costs: the whole of `score` beside the bare network and one core's peak, in turn,
// so that a drift of the machine's speed meets all of them. `deno task bench`.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { googleFolder, readInstalledModel } from "../pipeline/detector/mod.ts";
import { cacheFolder } from "../commands/environment.ts";
import { fmaPeak } from "./fma_peak.ts";
import { writeSparseDay } from "./sparse_day.ts";

/** Operations of the published network on a window; the demo's are not counted. */
const GFLOP_A_WINDOW = 5.0;
const SHARED = fileURLToPath(new URL("../../shared/fixtures/", import.meta.url));
const STAND_IN = join(SHARED, "humpback-stand-in.tar.gz");

interface Measured {
  windows: number;
  seconds: number;
  cpuSeconds: number;
  firstScore: number;
  peakMegabytes: number;
}

async function run(script: string, args: string[]): Promise<Measured & { started: number }> {
  const started = Date.now();
  const path = fileURLToPath(new URL(script, import.meta.url));
  const flags = ["--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-ffi"];
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, path, ...args],
    stderr: "inherit",
  });
  const { stdout, success } = await command.output();
  if (!success) throw new Error(`${script} failed`);
  return { ...JSON.parse(new TextDecoder().decode(stdout)), started };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The published detector where installed, else the full-size stand-in, else the demo. */
async function chooseModel(
  folder: string,
): Promise<{ model: string; modelsFolder: string; is: string }> {
  const own = join(cacheFolder(Deno.env.get, Deno.build.os), "models");
  if (await readInstalledModel(googleFolder(own))) {
    return { model: "google", modelsFolder: own, is: "the published detector" };
  }
  if (await exists(STAND_IN)) {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const install = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        "--allow-ffi",
        main,
      ]
        .concat(["model", "install", "--from", STAND_IN]),
      env: { MEGAPTERA_CACHE: folder },
      stdout: "null",
      stderr: "inherit",
    });
    if (!(await install.output()).success) throw new Error("the stand-in can't be installed");
    const is = "a full-size stand-in of the published detector";
    return { model: "google", modelsFolder: join(folder, "models"), is };
  }
  return { model: "demo", modelsFolder: own, is: "the small demo detector" };
}

const folder = await Deno.makeTempDir();
try {
  const { model, modelsFolder, is } = await chooseModel(folder);
  const day = join(folder, "BENCH-20210101T000000Z-16kHz.wav");
  await writeSparseDay(day);
  console.log(`An hour of a sparse 4.15 GB day (24-bit, 16 kHz), scored by ${is}.`);
  const peak = await fmaPeak();
  const network = (threads: number) =>
    run("./bare_network.ts", [model, modelsFolder, String(threads), "800"]);
  const score = (threads: number) =>
    run("./run_score.ts", [day, model, modelsFolder, join(folder, "out"), String(threads), "0"]);
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
