// deno-lint-ignore-file no-console
// `deno task attack [ROUNDS] [SEED] [WHO]`: lets processes disturb each other, and holds what they leave
// to what is promised.
import { VERSITYGW } from "../helpers/versitygw.ts";
import { HAS_SLURM } from "../helpers/slurm.ts";
import { attackSubmitters } from "./attack_submitters.ts";
import { type AttackResult, attackWriters } from "./attack_writers.ts";

const rounds = Number(Deno.args[0] ?? 100);
const seed = Number(Deno.args[1] ?? 1);
/** `writers` or `submitters`; both where it is left out. */
const who = Deno.args[2];

function show({ kind, rounds, ends }: AttackResult): void {
  const shown = Object.entries(ends).sort().map(([how, count]) => `${count} ${how}`).join(", ");
  console.log(`| ${kind} | ${rounds} | ${shown} |`);
}

for (const where of ["folder", "bucket"] as const) {
  if (who === "submitters" || where === "bucket" && VERSITYGW === undefined) continue;
  console.log(`\nWriters in one ${where}, seed ${seed}\n`);
  console.log("| kind | rounds | writers that were |\n| --- | --- | --- |");
  await attackWriters(where, rounds, seed, show);
}

for (const on of ["local", "slurm", "aws"] as const) {
  if (who === "writers" || on === "slurm" && !HAS_SLURM) continue;
  if (on === "local" && Deno.build.os !== "linux") continue;
  console.log(`\nSubmitters on ${on}, seed ${seed}\n`);
  console.log("| kind | rounds | what there was in each |\n| --- | --- | --- |");
  await attackSubmitters(on, rounds, seed, ({ kind, rounds }) => {
    console.log(`| ${kind} | ${rounds} | one array, seen by status, ended by cancel |`);
  });
}
