import type { OutputArguments } from "../batch_arguments.ts";
import { print } from "../print.ts";

/** Says which commands take a run up, from here or from any machine with access. */
export function sayNext(run: string, { out, outRegion, endpoint }: OutputArguments): void {
  const where = [
    `--out ${out}`,
    ...(outRegion === undefined ? [] : [`--out-region ${outRegion}`]),
    ...(endpoint === undefined ? [] : [`--endpoint ${endpoint}`]),
  ].join(" ");
  print(`How it goes:      deno task batch-status ${run} ${where} --watch`);
  print(`Stop it:          deno task batch-cancel ${run} ${where}`);
  print(`What is missing:  deno task batch-retry ${run} ${where}`);
  print(`Check it:         deno task batch-verify ${run} ${where}`);
}
