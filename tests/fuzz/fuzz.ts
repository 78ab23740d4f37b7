// deno-lint-ignore-file no-console
// `deno task fuzz TARGET SECONDS SEED`: gives a reader damaged inputs until the time is over.
import { fuzz, FuzzFind, tryKnown } from "./run_target.ts";
import { TARGETS } from "./targets/mod.ts";

const [name = "", seconds = "30", seed = "1"] = Deno.args;
const target = TARGETS[name];
if (!target) {
  console.error(`Name a target: ${Object.keys(TARGETS).join(", ")}.`);
  Deno.exit(64);
}
try {
  const known = await tryKnown(name, target);
  const stopMs = performance.now() + Number(seconds) * 1000;
  const { taken, refused } = await fuzz(target, Number(seed), () => performance.now() >= stopMs);
  const inputs = `${taken + refused} inputs of seed ${seed}: ${taken} taken, ${refused} refused`;
  console.log(`${name}: ${known} known inputs; ${inputs}.`);
} catch (error) {
  if (!(error instanceof FuzzFind)) throw error;
  const path = `fuzz-${name}-${seed}.find`;
  await Deno.writeFile(path, error.input);
  console.error(`${name}, ${error.message}\n${(error.cause as Error).stack}`);
  console.error(`It is kept in ${path}: mend it, and move it to tests/fuzz/seeds/${name}/.`);
  Deno.exit(1);
}
