// deno-lint-ignore-file no-console
// Compares what two checkouts write: deno task same-bytes OTHER-CHECKOUT
//
// Both run the demo, and a simulated year with calls, presence, exports and report, into a folder of
// the same name. All files and all that is printed must be equal. Left out is what no two runs share:
// `run` of manifests, times of files, progress, and how long a run took.
import { createHash } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("../..", import.meta.url));
/** What each checkout runs, in this order; `OUT` is its folder. */
const STEPS: readonly (readonly string[])[] = [
  ["demo", "--out", "OUT/demo"],
  ["inspect", "OUT/demo"],
  ["verify", "OUT/demo/scores", "--deep"],
  ["simulate", "--start", "2021-01-01", "--stop", "2022-01-01", "--out", "OUT/year"],
  ["verify", "OUT/year", "--deep"],
  [
    "calls",
    "OUT/year",
    "--out",
    "OUT/calls",
    "--format",
    "csv,raven,audacity,json,parquet,pamscapes",
  ],
  ["calls", "OUT/year", "--sensitivity"],
  ...["minute", "hour", "day", "month"].map((cell) => [
    ...["presence", "OUT/year", "--by", cell, "--zone", "America/Los_Angeles"],
    ...["--out", `OUT/${cell}.csv`],
  ]),
  ["presence", "OUT/year", "--format", "pamscapes", "--site", "mars", "--out", "OUT/pamscapes"],
  ["scores", "export", "OUT/year", "--out", "OUT/scores.parquet"],
  ["report", "OUT/year", "--site", "mars", "--out", "OUT/report.html"],
  ["report", "OUT/demo/scores", "--audio", "OUT/demo", "--out", "OUT/demo-report.html"],
];

/** Replaces what no two runs share. */
function settled(name: string, bytes: Uint8Array): string {
  if (name.endsWith(".parquet")) return createHash("sha256").update(bytes).digest("hex");
  let text = new TextDecoder().decode(bytes);
  if (name.endsWith(".json") && text.includes('"megaptera-scores/')) {
    const { run: _, ...manifest } = JSON.parse(text);
    text = JSON.stringify(manifest, null, 2);
  }
  return text
    .replace(/"version": "20[^"]*"/g, '"version": "TIME"')
    .replace(/^\d+ of \d+ hours are there, .*\n/gm, "")
    .replace(/\d+(:\d\d)+, \d+× real time/g, "TIME, SPEED")
    .replace(/in \d+(\.\d+)? s\b/g, "in TIME")
    .replace(/\d+× real time/g, "SPEED");
}

/** Runs all steps in a checkout, and reads what came of them by name. */
async function written(checkout: string, out: string): Promise<Map<string, string>> {
  const results = new Map<string, string>();
  for (const step of STEPS) {
    const args = step.map((word) => word.replace("OUT", out));
    console.error(`${relative(HERE, checkout) || "."}: ${step.join(" ")}`);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", ...args],
      cwd: checkout,
      stdout: "piped",
      stderr: "piped",
    }).output();
    const name = `what ${step.join(" ")} prints`;
    results.set(name, `${code}\n${settled(name, stdout)}\n${settled(name, stderr)}`);
  }
  for (const path of filesBelow(out)) {
    results.set(relative(out, path), settled(path, await Deno.readFile(path)));
  }
  return results;
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(folder, name)) : [join(folder, name)]
  );
}

/** Shows where two texts part. */
function parting(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const from = Math.max(0, at - 60);
  const near = (text: string): string => JSON.stringify(text.slice(from, at + 100));
  return `  here  ${near(one)}\n  there ${near(other)}`;
}

const [other] = Deno.args;
if (other === undefined) {
  console.error("Name the other checkout: deno task same-bytes FOLDER");
  Deno.exit(64);
}
const folder = await Deno.makeTempDir({ prefix: "megaptera same bytes " });
try {
  const results: Map<string, string>[] = [];
  for (const checkout of [HERE, resolve(other)]) {
    const out = join(folder, "out");
    await Deno.mkdir(out);
    results.push(await written(checkout, out));
    await Deno.remove(out, { recursive: true });
  }
  const [here, there] = results;
  let unlike = 0;
  for (const name of new Set([...here.keys(), ...there.keys()])) {
    const [one, two] = [here.get(name), there.get(name)];
    if (one === two) continue;
    unlike++;
    if (one === undefined || two === undefined) {
      console.log(`${name}: only ${one === undefined ? "there" : "here"}`);
    } else console.log(`${name}:\n${parting(one, two)}`);
  }
  console.log(`${here.size} files and outputs here, ${unlike} differ.`);
  Deno.exitCode = unlike === 0 ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}
