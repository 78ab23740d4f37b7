import assert from "node:assert/strict";
import { join } from "node:path";
import { logit } from "../../analysis/statistics/mod.ts";
import { type Ended, runHere } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const HOUR_MS = 3_600_000;

/** A calibration by which a score of 0.9 is a probability of 0.5, and one of 0.99 almost sure. */
const CALIBRATION = {
  format: "megaptera-calibration/1",
  fingerprint: "a".repeat(64),
  medianSeconds: 25,
  edges: "shrink",
  intercept: -2 * logit(0.9),
  slope: 2,
  fittedOn: {
    seconds: 720_000,
    positiveSeconds: 9000,
    hours: 200,
    days: 100,
    first: "2021-01-01T00:00:00Z",
    last: "2021-12-31T23:59:59Z",
  },
  aic: { null: 3, raw: 2, logit: 1 },
  heldOut: { brier: 0.1, expectedCalibrationError: 0.01 },
  thresholds: [],
};

/** Two hours: a bout of 0.99, and one of 0.85, which by the calibration is less than even. */
async function plant(folder: string, change: Record<string, unknown> = {}): Promise<string[]> {
  const scores = join(folder, "scores");
  const loud = (score: number) => (bin: number): number => bin >= 600 && bin < 700 ? score : 0.1;
  await plantHour(scores, HOUR, loud(0.99));
  await plantHour(scores, HOUR + HOUR_MS, loud(0.85));
  const file = join(folder, "site.json");
  await Deno.writeTextFile(file, JSON.stringify({ ...CALIBRATION, ...change }));
  return [scores, "--calibration", file];
}

async function run(folder: string, ...args: string[]): Promise<Ended> {
  return await runHere(args, join(folder, "cache"));
}

Deno.test("with --calibration the threshold is a probability, in bouts and presence alike", () =>
  withFolder(async (folder) => {
    const options = await plant(folder);
    const out = join(folder, "calls.csv");
    const plain = await run(folder, "calls", options[0], "--out", out);
    assert.match(plain.out, /^2 bouts/);
    const bouts = await run(folder, "calls", ...options, "--threshold", "0.5", "--out", out);
    assert.equal(bouts.code, 0, bouts.err);
    assert.match(bouts.out, /^1 bout,/);
    assert.match(bouts.out, /are probabilities by .*site\.json, .* 200 hours of 100 days/);
    assert.doesNotMatch(bouts.out, /convention/);
    const probability = 1 / (1 + Math.exp(-2 * (logit(0.99) - logit(0.9))));
    const cells = (await Deno.readTextFile(out)).split("\n")[1].split(",");
    assert.equal(Number(cells[4]), Number(probability.toFixed(6)), "the peak is a probability too");
    const about = JSON.parse(await Deno.readTextFile(join(folder, "calls.about.json")));
    assert.equal(about.calibration, options[2]);
    assert.ok(about.notes.some((note: string) => note.includes("are probabilities by")));
    const presence = await run(folder, "presence", ...options, "--threshold", "0.5");
    assert.match(
      presence.out,
      /T09:00:00Z,3600,100,.*\n2021-01-01T10:00:00Z,3600,0,0\.000000,0,3600\n$/,
    );
    assert.match(presence.err, /are probabilities by/);
    const rows = await run(folder, "calls", ...options, "--sensitivity", "--threshold", "0.2");
    assert.match(rows.out, / 0\.2 +2 .*\n +0\.3 +1 /);
  }));

Deno.test("with --calibration a report counts by probabilities, says so, and tells how to do so again", () =>
  withFolder(async (folder) => {
    const options = await plant(folder);
    const page = join(folder, "report.html");
    const { code, out, err } = await run(
      folder,
      ...["report", ...options, "--threshold", "0.5", "--out", page],
    );
    assert.equal(code, 0, err);
    assert.match(out, /^1 bout in 2 hours/);
    const text = await Deno.readTextFile(page);
    const { sections } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(text)![1]);
    const section = (name: string) => sections.find(({ id }: { id: string }) => id === name);
    assert.ok(section("scored").list.some((note: string) => note.includes("are probabilities by")));
    assert.match(section("methods").paragraphs[1], /a probability of at least 0\.5 .*site\.json/);
    assert.match(section("again").code, /megaptera presence .* --calibration .*site\.json/);
    const rows = section("scores").tables[0].rows;
    const boutsAt = new Map(rows.map(([threshold, bouts]: number[]) => [threshold, bouts]));
    assert.deepEqual([boutsAt.get(0.2), boutsAt.get(0.3), boutsAt.get(0.5)], [2, 1, 1]);
    assert.match(section("scores").charts[0].description, /above the threshold 0\.9\.$/);
  }));

Deno.test("a calibration of other scores, median or edges is refused, and writes nothing", () =>
  withFolder(async (folder) => {
    const out = join(folder, "calls.csv");
    const refuse = async (
      pattern: RegExp,
      change: Record<string, unknown>,
      ...more: string[]
    ): Promise<void> => {
      const options = await plant(folder, change);
      for (const command of ["calls", "presence", "report"]) {
        const { code, err, out: printed } = await run(
          folder,
          ...[command, ...options, "--out", out, ...more],
        );
        assert.equal(code, 78, err);
        assert.match(err, pattern);
        assert.equal(printed, "");
      }
      await assert.rejects(Deno.stat(out));
    };
    await refuse(/its fingerprint is bbbbbbbbbbbb, that of these/, { fingerprint: "b".repeat(64) });
    await refuse(/its fingerprint is unknown/, { fingerprint: null });
    await refuse(/a median of 25 s and these have one of 9 s/, {}, "--median", "9");
    await refuse(/edges "shrink" and these have "zero"/, {}, "--edges", "zero");
    await refuse(/edges "nearest" and these have "shrink"/, { edges: "nearest" });
    const options = await plant(folder, { slope: -1 });
    const wrong = await run(folder, "calls", ...options, "--out", out);
    assert.equal(wrong.code, 65);
    assert.match(wrong.err, /site\.json as its field "slope" is wrong/);
  }));
