import { z } from "zod";
import type { Storage } from "../../pipeline/places/mod.ts";
import { parseWith } from "../plan/plan.ts";
import { localStatePath } from "../plan/run_paths.ts";

const jobSchema = z.object({
  index: z.int().min(0),
  state: z.enum(["waiting", "running", "succeeded", "failed"]),
  exitCode: z.int().optional(),
  reason: z.string().optional(),
  startedMs: z.number().optional(),
  stoppedMs: z.number().optional(),
  attempts: z.int().min(0),
});

const stateSchema = z.object({
  format: z.literal("megaptera-local/1"),
  machine: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, "it is no machine"),
  /** Of the process that starts the workers. */
  pid: z.int().min(0).optional(),
  /** When it was last known to be there, epoch milliseconds. */
  aliveMs: z.number(),
  jobs: z.array(jobSchema),
});

/** How the jobs on one machine are, kept in the output so that any machine may ask. */
export type LocalState = z.infer<typeof stateSchema>;

/** Reads it; nothing where it was not begun. */
export async function readLocalState(
  out: Storage,
  run: string,
  number: number,
): Promise<LocalState | undefined> {
  const path = localStatePath(run, number);
  const file = await out.read(path);
  return file && parseWith(stateSchema, file.text, `the state ${out.name}/${path}`);
}

/** Writes it. */
export async function writeLocalState(
  out: Storage,
  run: string,
  number: number,
  state: LocalState,
): Promise<void> {
  const text = JSON.stringify(state) + "\n";
  await out.write([{ path: localStatePath(run, number), text }]);
}
