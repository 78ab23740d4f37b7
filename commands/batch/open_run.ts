import {
  listRuns,
  openTrees,
  type Plan,
  readPlan,
  readSubmissions,
  type Submission,
} from "../../batch/mod.ts";
import { MegapteraError } from "../../core/mod.ts";
import { openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { type OutputArguments, refuseSecrets } from "./batch_options.ts";

/** A run as any machine finds it in its output. */
export interface OpenRun extends Disposable {
  out: Storage;
  trees: Storage[];
  plan: Plan;
  submissions: Submission[];
}

/** Opens access to the output; close it when done. */
export function outputAccess(
  { out, endpoint, outRegion }: OutputArguments,
  signal?: AbortSignal,
): RemoteAccess {
  refuseSecrets("--out", out);
  refuseSecrets("--endpoint", endpoint);
  return new RemoteAccess({ endpoint, region: outRegion, regionOption: "--out-region", signal });
}

/**
 * Opens a run by its name, or the one that there is.
 *
 * @param run Its name; the only one of the output where it is left out.
 * @param options Where the output is.
 * @param signal Ends what is under way.
 * @throws {MegapteraError} `usage` where there is none, or more than one and none is named.
 */
export async function openRun(
  run: string | undefined,
  options: OutputArguments,
  signal: AbortSignal,
): Promise<OpenRun> {
  const access = outputAccess(options, signal);
  const out = openStorage(options.out, access);
  const plan = await readPlan(out, run ?? await onlyRun(out));
  return {
    out,
    plan,
    trees: openTrees(options.out, plan, access),
    submissions: await readSubmissions(out, plan.run),
    [Symbol.dispose]: () => access.close(),
  };
}

async function onlyRun(out: Storage): Promise<string> {
  const runs = await listRuns(out);
  if (runs.length === 1) return runs[0];
  const found = runs.length === 0 ? "there is none" : `there are ${runs.join(", ")}: name one`;
  throw new MegapteraError("usage", `Cannot tell which run of ${out.name} is meant: ${found}.`);
}
