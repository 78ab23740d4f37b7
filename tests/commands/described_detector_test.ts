import assert from "node:assert/strict";
import { join } from "node:path";
import { parseManifest, readScores } from "../../pipeline/scores/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { stepAmplitude, writeSteps } from "../helpers/write_steps.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { describe, energyNetwork, writeDetector } from "../pipeline/detector/write_detector.ts";

const RATE_HZ = 16_000;
/** Of the recording's start in its hour. */
const FIRST_BIN = 1800;

/** Scores 10 s of steps from 09:30:00 on by the two halves' energy. */
async function scoreSteps(
  folder: string,
  options: readonly string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const model = await writeDetector(folder, energyNetwork(2 * RATE_HZ, 2), describe());
  const wav = join(folder, "SITE_20210101T093000Z.wav");
  // A file written anew is another recording: its hours would not be done.
  if (!await Deno.stat(wav).catch(() => false)) await writeSteps(wav, 10, RATE_HZ);
  const args = ["score", wav, "--model", model, "--out", join(folder, "out"), ...options];
  return await runHere(args, join(folder, "cache"));
}

Deno.test("somebody else's network of two classes scores into two trees, as computed by hand", () =>
  withFolder(async (folder) => {
    const { code, out, err } = await scoreSteps(folder);
    assert.equal(code, 0, err);
    assert.match(out, /Scores of halves-1, class first half: .*first_half\n/);
    assert.deepEqual(await filesBelow(join(folder, "out")), [
      "first_half/2021/01/20210101_09.csv",
      "first_half/2021/01/20210101_09.json",
      "second_half/2021/01/20210101_09.csv",
      "second_half/2021/01/20210101_09.json",
    ]);
    for (const [kind, name] of ["first half", "second half"].entries()) {
      const [hour, ...rest] = await Array.fromAsync(
        readScores(join(folder, "out", name.replace(" ", "_"))),
      );
      assert.equal(rest.length, 0);
      const { detector, class: of, effortSeconds } = hour.manifest!;
      assert.deepEqual([of, detector.name], [name, "halves-1"]);
      assert.deepEqual(detector.classNames, ["first half", "second half"]);
      assert.deepEqual([detector.windowSeconds, detector.hopSeconds], [2, 1]);
      assert.equal(detector.sampleRateHz, RATE_HZ);
      // Windows of 2 s from each whole second; the last one ends with the recording.
      assert.equal(effortSeconds, 9);
      hour.scores.forEach((score, bin) => {
        const second = bin - FIRST_BIN;
        const expected = second >= 0 && second < 9 ? stepAmplitude(second + kind) ** 2 : NaN;
        if (Number.isNaN(expected)) assert.ok(Number.isNaN(score), `bin ${bin} has ${score}`);
        else assert.ok(Math.abs(score - expected) < 2e-6, `bin ${bin}: ${score}, not ${expected}`);
      });
    }
  }));

Deno.test("a report of somebody else's network is titled after its class", () =>
  withFolder(async (folder) => {
    await scoreSteps(folder);
    const page = join(folder, "report.html");
    const scores = join(folder, "out", "first_half");
    const { code, err } = await runHere(["report", scores, "--out", page], join(folder, "cache"));
    assert.equal(code, 0, err);
    const text = await Deno.readTextFile(page);
    assert.ok(text.includes(`{"title":"Detections of first half",`));
  }));

Deno.test("scoring again passes over done hours, and writes a lost tree alone", () =>
  withFolder(async (folder) => {
    await scoreSteps(folder);
    const again = await scoreSteps(folder);
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /^0 hours scored, 1 done before/);
    const path = (name: string): string => join(folder, "out", name, "2021/01/20210101_09");
    const lost = await Deno.readTextFile(`${path("second_half")}.csv`);
    const kept = await Deno.readTextFile(`${path("first_half")}.json`);
    await Deno.remove(`${path("second_half")}.csv`);
    const mended = await scoreSteps(folder);
    assert.match(mended.out, /^1 hour scored, 0 done before/);
    assert.equal(await Deno.readTextFile(`${path("second_half")}.csv`), lost);
    assert.equal(await Deno.readTextFile(`${path("first_half")}.json`), kept);
  }));

Deno.test("verify holds each class's tree, and the folder of both is refused with the way on", () =>
  withFolder(async (folder) => {
    await scoreSteps(folder);
    const verify = (name: string) =>
      runHere(["verify", join(folder, "out", name), "--deep"], join(folder, "cache"));
    for (const name of ["first_half", "second_half"]) {
      const { code, out } = await verify(name);
      assert.equal(code, 0);
      assert.match(out, /1 hours: 1 whole; effort 0:09/);
    }
    const both = await verify("");
    assert.equal(both.code, 65);
    assert.match(both.err, /one hour is there twice.*two classes: name one of them/);
  }));

Deno.test("another description of the same network makes other scores, which are not mixed", () =>
  withFolder(async (folder) => {
    const manifest = join(folder, "out/first_half/2021/01/20210101_09.json");
    await scoreSteps(folder);
    const before = parseManifest(await Deno.readTextFile(manifest), manifest);
    const model = await writeDetector(
      folder,
      energyNetwork(2 * RATE_HZ, 2),
      describe({ output: { kind: "logit" } }),
    );
    const wav = join(folder, "SITE_20210101T093000Z.wav");
    const args = ["score", wav, "--model", model, "--out", join(folder, "out")];
    const refused = await runHere(args, folder);
    assert.equal(refused.code, 78, refused.err);
    assert.match(refused.err, /scores with another fingerprint are there/);
    const forced = await runHere([...args, "--force"], folder);
    assert.equal(forced.code, 0, forced.err);
    const after = parseManifest(await Deno.readTextFile(manifest), manifest);
    assert.notEqual(after.fingerprint, before.fingerprint);
    assert.equal(after.detector.weightsSha256, before.detector.weightsSha256);
  }));

Deno.test("what somebody else's network can't do is said in one sentence", () =>
  withFolder(async (folder) => {
    const refuse = async (options: string[], pattern: RegExp): Promise<void> => {
      const { code, err } = await scoreSteps(folder, options);
      assert.equal(code, 64, err);
      assert.match(err, pattern);
      assert.equal(err.trim().split("\n").length, 1, err);
    };
    await refuse(["--engine", "tfjs"], /theirs\.onnx in the portable engine.*--engine onnx/);
    await refuse(["--recipe", "redun"], /Cannot run halves-1 by the recipe redun.*--recipe exact/);
  }));

Deno.test("a detector of short bouts brings its own filter, and what another filter takes is said", () =>
  withFolder(async (folder) => {
    const [audio, out] = [join(folder, "SITE_20210101T093000Z.wav"), join(folder, "out")];
    // Bouts of 2 s, 20 s apart.
    const samples = noise(120 * RATE_HZ, 1).map((value, i) =>
      i % (20 * RATE_HZ) < 2 * RATE_HZ ? Math.sin(i / 10) : value * 0.01
    );
    const pcm = Int16Array.from(samples, (value) => value * 32767);
    await Deno.writeFile(audio, riff([fmt(), { name: "data", body: new Uint8Array(pcm.buffer) }]));
    const scoreWith = async (bouts?: unknown): Promise<string> => {
      const one = { windowSeconds: 1, classNames: ["short"] };
      const model = await writeDetector(
        folder,
        energyNetwork(RATE_HZ, 1),
        describe({ ...one, ...bouts === undefined ? {} : { calls: bouts } }),
      );
      const args = ["score", audio, "--model", model, "--out", out, "--log", "json"];
      const { code, out: log, err } = await runHere(args, folder);
      assert.equal(code, 0, err);
      return log;
    };
    const boutsBy = (...more: string[]) =>
      runHere(
        ["calls", out, "--threshold", "0.3", "--out", join(folder, "calls.csv"), ...more],
        folder,
      );
    await scoreWith();
    const lost = await boutsBy();
    assert.equal(lost.code, 0, lost.err);
    assert.match(lost.out, /^0 bouts/);
    assert.match(
      lost.out,
      /12 seconds of scores reach 0\.3, and 0 are left after the filter: a median of 25 s takes bouts that are shorter than 13 s away, so try --median 1/,
    );
    const presence = await runHere(["presence", out, "--threshold", "0.3"], folder);
    assert.match(presence.err, /note: 12 seconds of scores reach 0\.3, and 0 are left/);
    const found = await boutsBy("--median", "1", "--min", "1");
    assert.match(found.out, /^6 bouts/);
    assert.doesNotMatch(found.out, /are left after/);

    // The description says it once for all; scores and fingerprint stay, so that it must be forced.
    const own = { medianSeconds: 1, minSeconds: 1 };
    assert.match(await scoreWith(own), /"done":1/);
    await Deno.remove(out, { recursive: true });
    await scoreWith(own);
    assert.match((await boutsBy()).out, /^6 bouts/);
    assert.match((await boutsBy("--median", "25")).out, /^0 bouts/);
    const even = await writeDetector(folder, energyNetwork(RATE_HZ, 1), {
      ...describe({ windowSeconds: 1, classNames: ["short"] }),
      calls: { medianSeconds: 24 },
    });
    const refused = await runHere(["score", audio, "--model", even, "--out", out], folder);
    assert.equal(refused.code, 65);
    assert.match(refused.err, /field "calls.medianSeconds" is wrong: it is odd/);
  }));
