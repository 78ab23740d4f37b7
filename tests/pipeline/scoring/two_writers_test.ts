import { meet } from "../../helpers/interleaved_writers.ts";
import type { Meeting } from "../../helpers/tree_of_one.ts";

const SEEDS = 3;

for (const writers of [2, 3]) {
  for (const [other, force] of [[false, false], [true, false], [false, true], [true, true]]) {
    const meeting: Meeting = { writers, other, force };
    const how = `${other ? "other" : "the same"} arguments${force ? " and --force" : ""}`;
    Deno.test(`${writers} writers of ${how} leave the tree of one, in any order`, async () => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        for (const kill of [false, true]) await meet(meeting, kill, seed);
      }
    });
  }
}
