// Runs a submission's jobs on this machine, by the environment: `--on local` starts it and ends.
import { readJob, readSubmission, supervise } from "../batch/mod.ts";
import { EXIT_CODES } from "../core/mod.ts";
import { openStorage, RemoteAccess } from "../pipeline/places/mod.ts";

const interruption = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) {
  if (name === "SIGTERM" && Deno.build.os === "windows") continue; // it has no such signal
  Deno.addSignalListener(name, () => interruption.abort());
}
const job = readJob({}, Deno.env.get);
const access = new RemoteAccess({ endpoint: job.endpoint, region: job.outRegion });
const out = openStorage(job.out, access);
const submission = await readSubmission(out, job.run, job.submission);
if (!submission.isGivenUp) {
  const atOnce = Number(Deno.env.get("MEGAPTERA_AT_ONCE") ?? "1");
  await supervise({ out, submission, atOnce, signal: interruption.signal });
}
Deno.exit(EXIT_CODES.complete);
