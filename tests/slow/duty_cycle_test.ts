import assert from "node:assert/strict";
import { join } from "node:path";
import { checkPamscapes, checkPars } from "../../analysis/exports/mod.ts";
import { megaptera } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { PARS_SETTINGS } from "../helpers/pars_settings.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { describe, energyNetwork, writeDetector } from "../pipeline/detector/write_detector.ts";

// A mooring that records 10 s every 5 min, heard by a network that scores a second by its energy.
const [RATE_HZ, HEARD_HZ] = [10_000, 1000];
const [ON, PERIOD, DAYS] = [10, 300, 4];
const START_MS = Date.UTC(2021, 2, 1, 8);
const FILES = DAYS * 86_400 / PERIOD;
const [CORRUPT, MISSING, SHORT] = [200, 500, 800];
const SHORT_SECONDS = 3;

const startOf = (file: number): number => START_MS + file * PERIOD * 1000;
/** Two hours of each evening have song, in the first five seconds of each recording. */
const sings = (file: number): boolean => [18, 19].includes(new Date(startOf(file)).getUTCHours());

/** What the script that knows what was written counts of a stretch of time. */
function counted(fromMs: number, toMs: number): { effort: number; song: number; planned: number } {
  const sum = { effort: 0, song: 0, planned: 0 };
  for (let file = 0; file < FILES; file++) {
    for (let second = 0; second < ON; second++) {
      const ms = startOf(file) + second * 1000;
      if (ms < fromMs || ms >= toMs) continue;
      sum.planned++;
      if (file === CORRUPT || file === MISSING) continue;
      if (file === SHORT && second >= SHORT_SECONDS) continue;
      sum.effort++;
      if (sings(file) && second < 5) sum.song++;
    }
  }
  return sum;
}

async function writeMooring(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const hiss = noise(ON * RATE_HZ, 1);
  const [quiet, singing] = [false, true].map((isSong) =>
    Uint8Array.from(
      hiss,
      (value, i) => 128 + 127 * (isSong && i < 5 * RATE_HZ ? Math.sin(i / 50) : value * 0.1),
    )
  );
  for (let file = 0; file < FILES; file++) {
    if (file === MISSING) continue;
    const seconds = file === SHORT ? SHORT_SECONDS : ON;
    const bytes = (sings(file) ? singing : quiet).subarray(0, seconds * RATE_HZ);
    const stamp = new Date(startOf(file)).toISOString().slice(0, 19).replace(/[-:]/g, "");
    const path = join(folder, `MOORING_${stamp}Z.wav`);
    const wav = riff([fmt({ sampleRateHz: RATE_HZ, bits: 8 }), { name: "data", body: bytes }]);
    await Deno.writeFile(path, file === CORRUPT ? wav.subarray(100) : wav);
  }
}

Deno.test("a duty-cycled mooring with a corrupt, a missing and a short file, from inspect to report and exports", () =>
  withFolder(async (folder) => {
    const [audio, scores] = [join(folder, "audio"), join(folder, "scores")];
    await writeMooring(audio);
    const model = await writeDetector(
      folder,
      energyNetwork(HEARD_HZ, 1),
      describe({ sampleRateHz: HEARD_HZ, windowSeconds: 1, classNames: ["loud"] }),
    );
    const run = (...args: string[]) => megaptera(args, folder);

    const inspected = await run("inspect", audio);
    assert.equal(inspected.code, 65, inspected.err);
    assert.match(
      inspected.out.trim().split("\n").slice(-3).join("\n"),
      /Schedule: 10 s every 5 min since 2021-03-01 08:00, 3 irregular gaps \(27 s\)/,
    );
    assert.equal(inspected.out.match(/s of it scheduled/g)?.length, 3, "planned pauses are listed");

    const scored = await run("score", audio, "--model", model, "--out", scores);
    assert.equal(scored.code, 3, scored.err);
    assert.match(scored.out, /schedule: 10 s every 5 min since .*, 3 irregular gaps \(27 s\)/);
    assert.match(scored.out, /, no recording \(planned pauses among it\)\./);
    assert.match(scored.out, /1 of the recordings could not be read/);
    const verified = await run("verify", scores);
    assert.equal(verified.code, 3, verified.err);
    assert.match(verified.out, /unreadable recording MOORING_20210302T004000Z\.wav/);

    const thresholds = ["--threshold", "0.3", "--median", "1", "--gap", "0", "--min", "1"];
    const presence = await run("presence", scores, ...thresholds);
    assert.equal(presence.code, 0, presence.err);
    assert.match(presence.err, /note: The recorder's schedule: 10 s every 5 min/);
    const rows = presence.out.trim().split("\n").slice(1).map((row) => row.split(","));
    assert.equal(rows.length, DAYS * 24);
    for (const [start, effort, song, proportion, , scheduled] of rows) {
      const expected = counted(Date.parse(start), Date.parse(start) + 3_600_000);
      assert.deepEqual(
        [effort, song, scheduled].map(Number),
        [expected.effort, expected.song, expected.planned],
        start,
      );
      assert.ok(Math.abs(Number(proportion) - expected.song / expected.effort) < 1e-6, start);
    }
    // The same with a bar of all that was scheduled: the hours with a gap are blanked, and said.
    const strict = await run("presence", scores, ...thresholds, "--min-effort", "1");
    assert.match(
      strict.err,
      /note: 3 of 96 cells with effort have less than 1 of what is scheduled/,
    );

    const out = (name: string): string => join(folder, name);
    const pamscapes = [...thresholds, "--format", "pamscapes", "--out", out("pamscapes")];
    assert.equal((await run("presence", scores, ...pamscapes)).code, 0);
    const text = (path: string): Promise<string> => Deno.readTextFile(out(path));
    const files = {
      "presence_hourly.csv": await text("pamscapes/presence_hourly.csv"),
      "effort.csv": await text("pamscapes/effort.csv"),
    };
    assert.deepEqual(checkPamscapes(files), []);
    assert.equal(files["presence_hourly.csv"].trim().split("\n").length, 1 + 2 * DAYS);
    assert.equal(files["effort.csv"].trim().split("\n").length, 2, "effort is not of one piece");

    const settings = { ...PARS_SETTINGS, confirmed: [], least_positive_seconds: 60 };
    await Deno.writeTextFile(out("pars.json"), JSON.stringify(settings));
    const pars = [...thresholds, "--format", "pars", "--pars-settings", out("pars.json")];
    assert.equal((await run("presence", scores, ...pars, "--out", out("pars"))).code, 0);
    const detections = await text("pars/detectiondata.csv");
    assert.deepEqual(
      checkPars({
        "detectiondata.csv": detections,
        "metadata.csv": await text("pars/metadata.csv"),
      }),
      [],
    );
    const days = [...detections.matchAll(/,(\d+),(POSSIBLY_DETECTED|NOT_[A-Z]+),/g)];
    const dayMs = Date.UTC(2021, 2, 1);
    days.forEach(([, effort, result], day) => {
      const expected = counted(dayMs + day * 86_400_000, dayMs + (day + 1) * 86_400_000);
      assert.equal(Number(effort), expected.effort);
      // Of the last day a third was recorded.
      const silent = day === DAYS ? "NOT_AVAILABLE" : "NOT_DETECTED";
      assert.equal(result, expected.song >= 60 ? "POSSIBLY_DETECTED" : silent);
    });
    assert.equal(days.length, DAYS + 1);

    const report = await run("report", scores, ...thresholds, "--out", out("report.html"));
    assert.equal(report.code, 0, report.err);
    const page = await text("report.html");
    assert.match(page, /schedule: 10 s every 5 min/);
  }));
