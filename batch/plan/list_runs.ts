import type { Storage } from "../../pipeline/places/mod.ts";
import { listBelow } from "./list_below.ts";
import { RUN_ID } from "./plan.ts";
import { INDEX } from "./run_paths.ts";

/**
 * The runs of an output, by its index: a run's own folder may hold ten thousands of files.
 *
 * @param out The output; a folder that is not there holds none.
 * @returns Their names, sorted.
 */
export async function listRuns(out: Storage): Promise<string[]> {
  const runs: string[] = [];
  for await (const { path } of listBelow(out, INDEX)) {
    const name = path.slice(INDEX.length);
    if (RUN_ID.test(name)) runs.push(name);
  }
  return runs.sort();
}
