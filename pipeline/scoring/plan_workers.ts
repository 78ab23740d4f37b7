/** More would wait for the thread that reads and prepares their audio (docs/speed.md). */
const MOST_WORKERS = 16;

/** How many hours are scored at a time, and on how many threads each. */
export interface WorkerPlan {
  workers: number;
  threads: number;
}

/**
 * How cores are shared out: an hour a core, since one thread an hour wastes less than several; where
 * there are fewer hours, they share the cores.
 *
 * @param hours Hours to score, ≥ 1.
 * @param cores Cores of the machine.
 * @param asked What the user asked for.
 */
export function planWorkers(
  hours: number,
  cores: number,
  asked: { workers?: number; threads?: number },
): WorkerPlan {
  const fitting = Math.floor(cores / (asked.threads ?? 1));
  const workers = asked.workers ?? Math.max(1, Math.min(hours, fitting, MOST_WORKERS));
  return { workers, threads: asked.threads ?? Math.max(1, Math.floor(cores / workers)) };
}
