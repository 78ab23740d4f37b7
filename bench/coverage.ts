// deno-lint-ignore-file no-console
// How often 95 % intervals cover the truth, ours beside the usual day bootstrap's:
// `deno task coverage [PAIRS] [SEED]`.
import { measureCoverage } from "./measure_coverage.ts";

const [pairs, seed] = [Number(Deno.args[0] ?? 200), Number(Deno.args[1] ?? 1)];
console.log(`${pairs} simulated pairs of years for each truth, seed ${seed}`);
console.log("truth     what         method         covered  width / needed");
for (const { truth, what, method, covered, width } of measureCoverage(pairs, seed)) {
  const cells = [truth.padEnd(9), what.padEnd(12), method.padEnd(14)];
  console.log(`${cells.join(" ")} ${covered.toFixed(3).padEnd(8)} ${width.toFixed(2)}`);
}
