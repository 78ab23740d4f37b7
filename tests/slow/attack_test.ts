import { attackWriters, MEETINGS } from "../attack/attack_writers.ts";
import { meet } from "../helpers/interleaved_writers.ts";
import { VERSITYGW } from "../helpers/versitygw.ts";

/** Those of `deno task attack` are 100 and more. */
const ROUNDS = 10;
const ORDERS = 20;
const SEED = 1;

for (const where of ["folder", "bucket"] as const) {
  Deno.test({
    name: `${ROUNDS} attacks of each kind on one ${where} leave the tree of one writer`,
    ignore: where === "bucket" && VERSITYGW === undefined,
    fn: () => attackWriters(where, ROUNDS, SEED, () => {}),
  });
}

Deno.test(`${ORDERS} orders of operations of each kind leave the tree of one writer`, async () => {
  for (const meeting of MEETINGS) {
    for (let seed = 1001; seed <= 1000 + ORDERS; seed++) await meet(meeting, seed % 2 === 0, seed);
  }
});
