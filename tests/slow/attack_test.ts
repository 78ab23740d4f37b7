import { attackSubmitters } from "../attack/attack_submitters.ts";
import { attackWriters, MEETINGS } from "../attack/attack_writers.ts";
import { meet } from "../helpers/interleaved_writers.ts";
import { HAS_SLURM } from "../helpers/slurm.ts";
import { VERSITYGW } from "../helpers/versitygw.ts";

/** Those of `deno task attack` are 100 and more. */
const ROUNDS = 6;
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

for (const on of ["local", "slurm", "aws"] as const) {
  Deno.test({
    name: `of submitters that contend on ${on} ${ROUNDS} times in each way one hands over`,
    // Supervisors are found by what Linux tells of processes.
    ignore: on === "slurm" ? !HAS_SLURM : on === "local" && Deno.build.os !== "linux",
    // What was asked by processes that were killed is never answered.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => attackSubmitters(on, ROUNDS, SEED, () => {}),
  });
}
