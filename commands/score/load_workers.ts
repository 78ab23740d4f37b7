import type { Detector } from "../../pipeline/detector/mod.ts";
import type { Environment } from "../environment.ts";
import { type DetectorArguments, load } from "../load.ts";
import type { WorkerPlan } from "../../pipeline/scoring/mod.ts";

/** Loads one detector a worker. Close their engines when done. */
export async function loadWorkers(
  { workers, threads }: WorkerPlan,
  options: Omit<DetectorArguments, "threads">,
  environment: Environment,
): Promise<Detector[]> {
  const detectors: Detector[] = [];
  try {
    for (let worker = 0; worker < workers; worker++) {
      const isFirst = worker === 0;
      detectors.push(await load({ ...options, threads }, environment, isFirst));
    }
    return detectors;
  } catch (error) {
    for (const { engine } of detectors) engine.close();
    throw error;
  }
}
