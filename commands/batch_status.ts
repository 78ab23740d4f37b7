import { openRun } from "./batch/open_run.ts";
import { loadStatus } from "./batch/shares_to_score.ts";
import { statusLines, watchRun } from "./batch/watch_run.ts";
import type { OutputArguments } from "./batch_arguments.ts";
import type { Environment } from "./environment.ts";
import { print } from "./print.ts";

/**
 * `batch-status [RUN]`: how a run goes, from any machine that reaches its output.
 *
 * @returns The exit code: 0; with `--watch` as `watchRun`.
 */
export async function batchStatus(
  run: string | undefined,
  options: OutputArguments & { watch?: boolean },
  environment: Environment,
): Promise<number> {
  if (options.watch) return await watchRun(run, options, environment);
  using opened = await openRun(run, options, environment.signal);
  const status = await loadStatus(opened);
  for (const line of await statusLines(opened.plan, status, opened.out)) print(line);
  return 0;
}
