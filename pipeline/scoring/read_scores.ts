import type { ReadableStorage } from "../places/mod.ts";
import type { ScoredHour } from "./read_score_hour.ts";
import { type ReadScoresOptions, ScoreSet } from "./score_set.ts";

/**
 * Reads hourly score files, hour by hour: this project's and the earlier Python pipeline's. Hours
 * that have only a manifest (no audio) come without effort. `ScoreSet` also says what is there.
 *
 * @param source A folder's path (folders below it are read too), or a storage.
 * @param options What is taken: nominal clocks and scores made in different ways are refused
 * unless it says so.
 * @returns Hours in the order of time; a few are held at a time.
 * @throws {MegapteraError} `data` where there are none, an hour is there twice, or scores are not
 * to be taken; naming the file and the line where a file is wrong.
 *
 * @example
 * ```ts
 * import { formatScoreCsv } from "./score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, new Float64Array(3600)));
 * for await (const { hourMs, scores } of readScores(folder)) console.log(hourMs, scores[0]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* readScores(
  source: string | ReadableStorage,
  options: ReadScoresOptions = {},
): AsyncGenerator<ScoredHour> {
  yield* (await ScoreSet.open(source, options)).read();
}
