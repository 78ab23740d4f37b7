// deno-lint-ignore-file no-console
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportScores } from "../../analysis/exports/mod.ts";
import { readScores, ScoreSet } from "../../pipeline/scores/mod.ts";
import { fixture, readJson } from "../helpers/fixtures.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** A Python that has pyarrow and duckdb: `.ci/run` makes one; the system's else. */
const PYTHON = Deno.env.get("PYTHON") ?? "python3";

async function python(script: string, ...args: string[]): Promise<string | undefined> {
  const command = new Deno.Command(PYTHON, { args: ["-c", script, ...args] });
  const ended = await command.output().catch(() => undefined);
  return ended?.success ? new TextDecoder().decode(ended.stdout) : undefined;
}

const HAS_READERS = await python("import pyarrow, duckdb") !== undefined;
if (!HAS_READERS) console.error("Skipped: Python with pyarrow and duckdb is not at hand.");

const PYARROW = `
import sys, pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
for time, score in zip(table["time"].cast("int64").to_pylist(), table["score"].to_pylist()):
    print(time, "" if score is None else format(score, ".6f"))
`;
const DUCKDB = `
import sys, duckdb
rows = duckdb.sql(f"select epoch_ms(time), score from '{sys.argv[1]}' order by 1").fetchall()
for time, score in rows:
    print(time, "" if score is None else format(score, ".6f"))
`;

Deno.test({
  name: "pyarrow and DuckDB read from the export what the score files say",
  ignore: !HAS_READERS,
  fn: () =>
    withFolder(async (folder) => {
      const scores = join(folder, "scores");
      const random = new SeededRandom(11);
      for (let hour = 0; hour < 30; hour++) {
        if (hour === 7) continue;
        await plantHour(scores, Date.UTC(2021, 0, 1, hour), () =>
          random.below(30) === 0 ? NaN : random.below(1_000_001) / 1e6);
      }
      const out = join(folder, "scores.parquet");
      await exportScores(await ScoreSet.open(scores), out);
      const lines: string[] = [];
      for await (const hour of readScores(scores)) {
        hour.scores.forEach((score, bin) =>
          lines.push(`${hour.hourMs + bin * 1000} ${Number.isNaN(score) ? "" : score.toFixed(6)}`)
        );
      }
      for (const reader of [PYARROW, DUCKDB]) {
        const read = await python(reader, out);
        assert.deepEqual(read?.trimEnd().split("\n"), lines);
      }
    }),
});

/** What the readers at hand see of the committed files; nothing of those that are not installed. */
async function seenByPython(): Promise<{ program: string }[]> {
  const script = fileURLToPath(new URL("../../tools/clients/readers.py", import.meta.url));
  const command = new Deno.Command(PYTHON, {
    args: ["-W", "ignore", script, fixture("exchange/files")],
  });
  const { code, stdout, stderr } = await command.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

Deno.test({
  name: "DuckDB, Polars, pandas and pyarrow see in our files what the goldens say that they see",
  ignore: !HAS_READERS,
  fn: async () => {
    const goldens: { program: string; version: string }[] = await readJson("exchange/python.json");
    const seen = await seenByPython();
    const programs = new Set(seen.map(({ program }) => program));
    for (const program of ["duckdb", "polars", "pandas", "pyarrow"]) {
      if (!programs.has(program)) console.error(`Skipped: ${program} is not at hand.`);
    }
    const without = (entries: { program: string }[]): object[] =>
      entries.filter(({ program }) => programs.has(program)).map((entry) => ({
        ...entry,
        version: undefined,
      }));
    assert.deepEqual(without(seen), without(goldens));
  },
});
