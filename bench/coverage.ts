// deno-lint-ignore-file no-console
// How often 95 % intervals cover the truth, ours beside the usual day bootstrap's:
// `deno task coverage [SERIES] [SEED] [DAYS]`.
import { measureCoverage } from "./measure_coverage.ts";

const [series, seed, days] = [200, 1, 730].map((value, i) => Number(Deno.args[i] ?? value));
console.log(`${series} simulated series of ${days} days for each truth, seed ${seed}`);
console.log("truth     what         method         covered  width / needed");
for (const { truth, what, method, covered, width } of measureCoverage(series, seed, days)) {
  const cells = [truth.padEnd(9), what.padEnd(12), method.padEnd(14)];
  console.log(`${cells.join(" ")} ${covered.toFixed(3).padEnd(8)} ${width.toFixed(2)}`);
}
