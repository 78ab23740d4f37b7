import { mapLimited, MegapteraError } from "../core/mod.ts";
import { type Storage, StorageConflict } from "../pipeline/places/mod.ts";
import { formatPlan, parsePlan, type Plan } from "./plan.ts";
import { INDEX, listRuns, planPath } from "./run_paths.ts";

/** Plans read at the same time. */
const READ_AT_ONCE = 8;

/** A plan that lies in the output. */
export interface KeptPlan {
  /** Plan of the run: of one that was there before, its first plan. */
  plan: Plan;
  isNew: boolean;
}

/**
 * Finds the plan that lies in the output for the same result, where there is one.
 *
 * @param out The output.
 * @param plan What is asked for.
 * @returns That plan; nothing where there is none.
 * @throws {MegapteraError} `configuration` where a run of another fingerprint lies there.
 */
export async function findPlan(out: Storage, plan: Plan): Promise<Plan | undefined> {
  const runs = await listRuns(out);
  const others = await mapLimited(runs, READ_AT_ONCE, (run) => readPlan(out, run));
  const other = others.find(({ fingerprint }) => fingerprint !== plan.fingerprint);
  if (other === undefined) return others.find(({ run }) => run === plan.run);
  throw new MegapteraError(
    "configuration",
    `Cannot plan a run into ${out.name} as the run ${other.run} there is of another fingerprint ` +
      `(${other.detector.name}, recipe ${other.recipe}, gain ${other.gain}, channel ` +
      `${other.channel}, ${other.fingerprint.slice(0, 12)}; now it is ` +
      `${plan.fingerprint.slice(0, 12)}): choose another --out.`,
  );
}

/**
 * Writes a plan into the output, or goes on with the one that is there.
 *
 * @param out The output.
 * @param plan The plan.
 * @returns The plan that counts.
 * @throws {MegapteraError} `configuration` where a run of another fingerprint lies there; as `write`.
 */
export async function keepPlan(out: Storage, plan: Plan): Promise<KeptPlan> {
  const found = await findPlan(out, plan);
  if (found) return { plan: found, isNew: false };
  const path = planPath(plan.run);
  const isNew = await out.read(path) === undefined && await writeFirst(out, path, formatPlan(plan));
  // Also where a machine that wrote the plan died before it could.
  await out.write([{ path: INDEX + plan.run, text: "" }]);
  return isNew ? { plan, isNew } : { plan: await readPlan(out, plan.run), isNew };
}

async function writeFirst(out: Storage, path: string, text: string): Promise<boolean> {
  try {
    await out.write([{ path, text, replaces: null }]);
    return true;
  } catch (error) {
    if (error instanceof StorageConflict) return false;
    throw error;
  }
}

/**
 * Reads a run's plan.
 *
 * @param out The output.
 * @param run The run.
 * @throws {MegapteraError} `usage` where there is no such run, `data` where its plan is damaged.
 */
export async function readPlan(out: Storage, run: string): Promise<Plan> {
  const path = planPath(run);
  const found = await out.read(path);
  if (found) return parsePlan(found.text, `${out.name}/${path}`);
  const runs = await listRuns(out);
  const known = runs.length === 0 ? "there is none" : `there are ${runs.join(", ")}`;
  throw new MegapteraError(
    "usage",
    `Cannot find the run ${run} in ${out.name}: ${known}; name the output with --out.`,
  );
}
