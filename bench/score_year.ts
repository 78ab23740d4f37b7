// deno-lint-ignore-file no-console
// From a year of score files to bouts and presence per hour, beside DuckDB's hourly presence on the
// same files (no median, no bouts), in turn. `deno task bench-year [HOURS]`.
import { fileURLToPath } from "node:url";
import { BOUT_DEFAULTS } from "../pipeline/bouts/scan_scores.ts";
import { writeScoreYear } from "./write_score_year.ts";

interface Measured {
  seconds: number;
  rows: number[][];
  peakMegabytes: number;
  bouts: number;
}

async function run(script: string, flags: string[], args: string[]): Promise<Measured> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys", ...flags, path]
      .concat(args),
    stderr: "inherit",
  });
  const { stdout, success } = await command.output();
  if (!success) throw new Error(`${script} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Asks the system to forget the files, so that they are read from the disk; false where it can't. */
async function forget(folder: string): Promise<boolean> {
  const script = "import os,sys\nos.sync()\nfor d,_,names in os.walk(sys.argv[1]):\n" +
    " for n in names:\n  f=os.open(os.path.join(d,n),os.O_RDONLY)\n" +
    "  os.posix_fadvise(f,0,0,os.POSIX_FADV_DONTNEED)\n  os.close(f)\n";
  const python = new Deno.Command("python3", { args: ["-c", script, folder], stderr: "null" });
  return await python.output().then(({ success }) => success, () => false);
}

const hours = Number(Deno.args[0] ?? 8760);
const folder = await Deno.makeTempDir();
try {
  const bytes = await writeScoreYear(folder, hours);
  console.log(`${hours} hours of scores, ${(bytes / 1e6).toFixed(0)} MB, with manifests.`);
  const ours = (median: number) => run("./year_presence.ts", [], [folder, String(median)]);
  const config = fileURLToPath(new URL("../tools/duckdb_presence/deno.json", import.meta.url));
  const duckdb = () =>
    run("../tools/duckdb_presence/presence.ts", ["--allow-ffi", `--config=${config}`], [
      folder,
      String(BOUT_DEFAULTS.threshold),
    ]);
  const cold = await forget(folder) ? await ours(BOUT_DEFAULTS.median) : undefined;
  await ours(BOUT_DEFAULTS.median);
  const warm: Measured[] = [];
  const peers: Measured[] = [];
  for (let round = 0; round < 3; round++) {
    warm.push(await ours(BOUT_DEFAULTS.median));
    peers.push(await duckdb());
  }
  const best = (all: Measured[]): number => Math.min(...all.map(({ seconds }) => seconds));
  const row = (name: string, value: string): void => console.log(`${name.padEnd(60)}${value}`);
  row("bouts and hourly presence, warm, s", best(warm).toFixed(2));
  row("the same from a cold disk, s", cold ? cold.seconds.toFixed(2) : "not measured");
  row("DuckDB, hourly presence without median and bouts, warm, s", best(peers).toFixed(2));
  row("DuckDB over ours", (best(peers) / best(warm)).toFixed(2));
  row("bouts", String(warm[0].bouts));
  row("peak memory, MB", Math.max(...warm.map((each) => each.peakMegabytes)).toFixed(0));
  const plain = await ours(1);
  const same = JSON.stringify(plain.rows) === JSON.stringify(peers[0].rows);
  row("hourly effort and positive seconds without a median, both", same ? "equal" : "DIFFERENT");
} finally {
  await Deno.remove(folder, { recursive: true });
}
