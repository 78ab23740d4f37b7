// A process that runs commands again and again: see process_pool.ts.
import { type Ended, runHere } from "../helpers/command_line.ts";
import { serveJobs } from "./process_pool.ts";

/** What a submitter is asked to do. */
export interface SubmitterJob {
  args: string[];
  cacheFolder: string;
  /** What it finds in its environment, besides that of the process. */
  environment: Record<string, string>;
}

async function work({ args, cacheFolder, environment }: SubmitterJob): Promise<Ended> {
  const before = new Map(Object.keys(environment).map((name) => [name, Deno.env.get(name)]));
  for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);
  try {
    return await runHere(args, cacheFolder);
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

if (import.meta.main) await serveJobs(work);
