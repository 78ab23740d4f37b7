import { join } from "node:path";
import { formatUtc, HOUR_MS, MegapteraError } from "../core/mod.ts";
import { DiskStorage } from "../pipeline/places/mod.ts";
import { ScoreStore } from "../pipeline/scores/mod.ts";
import { simulateRange, SIMULATION_NOTICE, truthOf } from "../simulation/season/mod.ts";
import { print } from "./print.ts";
import { SimulationProgress } from "./progress.ts";
import { siteNamed } from "./text_files.ts";

/** The options of `simulate`, checked. */
export interface SimulateArguments {
  site: string;
  sites?: string;
  start: number;
  stop: number;
  out: string;
  seed: number;
}

/**
 * `simulate`: writes a season of scores with a known answer, and the answer beside them.
 *
 * @returns The exit code: 0.
 */
export async function simulate(options: SimulateArguments, signal: AbortSignal): Promise<number> {
  const { start: startMs, stop: stopMs, out, seed } = options;
  if (stopMs <= startMs) {
    throw new MegapteraError(
      "usage",
      `Cannot simulate a range that stops before it starts: --start ${
        formatUtc(startMs)
      }, --stop ` +
        `${formatUtc(stopMs)}.`,
    );
  }
  const of = { site: await siteNamed(options.site, options.sites), seed };
  const storage = new DiskStorage(out);
  const store = new ScoreStore(storage);
  const hours = (stopMs - startMs) / HOUR_MS;
  const progress = new SimulationProgress(hours);
  let written = 0;
  try {
    await simulateRange({
      ...of,
      startMs,
      stopMs,
      store,
      signal,
      onHour: (hourMs, done) => {
        if (!done) written++;
        progress.onHour(hourMs);
      },
    });
  } finally {
    progress.stop();
  }
  const truth = JSON.stringify(truthOf(of, startMs, stopMs)) + "\n";
  await storage.write([{ path: "truth.json", text: truth }]);
  print(`${written} hours simulated, ${hours - written} done before, from seed ${seed}: ${out}`);
  print(`They are ${SIMULATION_NOTICE}. What they were drawn from: ${join(out, "truth.json")}`);
  return 0;
}
