import { meet } from "../../helpers/interleaved_writers.ts";
import type { Meeting } from "../../helpers/tree_of_one.ts";

const SEEDS = 2;

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

for (const lacks of [["tryLock"], ["link"], ["tryLock", "link"]]) {
  Deno.test(`so do writers on a disk without ${lacks.join(" and ")}`, async () => {
    for (let seed = 1; seed <= 2 * SEEDS; seed++) {
      const meeting = { writers: 2 + seed % 2, other: seed % 4 > 1, force: seed % 5 === 0 };
      await meet(meeting, seed % 3 === 0, seed, lacks);
    }
  });
}
