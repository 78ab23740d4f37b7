import assert from "node:assert/strict";
import { join } from "node:path";
import { parseManifest, reasonWords } from "../../pipeline/scores/mod.ts";
import { megaptera } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";

/** Files of one minute each, less than a day and a half. */
const FILES = 2000;
const START_MS = Date.UTC(2020, 11, 31, 18);
/** Hours of the day that are scored, 8 of 34: among them is all that is odd, and the last file. */
const [HOURS, SCORED] = ["0-4", 8];
const RATE_HZ = 16_000;
const OTHER_RATE_HZ = 48_000;
/** A bin needs 3.9124 s of audio from within 10 ms of its start. */
const LOST_SECONDS = 3;

/** What is odd about some of the files, by the minute that they start at, counted from the first. */
const MISSING = new Set([377, 378, 540, 1803]);
const EMPTY = new Set([435]);
const CORRUPT = new Set([500, 1860]);
const OTHER_RATE = new Set([573]);
/** Each starts half a minute early. */
const OVERLAPPING = new Set([1910]);

function wavOf(seconds: number, rateHz: number, seed: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(noise(seconds * rateHz, seed), (value) => value * 32768);
  const data = { name: "data", body: new Uint8Array(samples.buffer) };
  return riff([fmt({ sampleRateHz: rateHz }), data]);
}

/** One minute of noise costs a network nothing new: the same bytes do for all files. */
const MINUTE = wavOf(60, RATE_HZ, 1);

async function writeFiles(folder: string): Promise<void> {
  for (let minute = 0; minute < FILES; minute++) {
    if (MISSING.has(minute)) continue;
    const earlyMs = OVERLAPPING.has(minute) ? 30_000 : 0;
    const stamp = new Date(START_MS + minute * 60_000 - earlyMs).toISOString().slice(0, 19)
      .replaceAll("-", "").replaceAll(":", "").replace("T", "_");
    const bytes = EMPTY.has(minute)
      ? new Uint8Array(0)
      : CORRUPT.has(minute)
      ? new Uint8Array(1000).fill(77)
      : OTHER_RATE.has(minute)
      ? wavOf(60, OTHER_RATE_HZ, 2)
      : MINUTE;
    await Deno.writeFile(join(folder, `SITE_${stamp}.wav`), bytes);
  }
}

/** Why each second has no effort, by what was written; nothing where it has. */
function expectedReason(second: number): string | undefined {
  const minute = Math.floor(second / 60);
  const at = (m: number): string => {
    const stamp = new Date(START_MS + m * 60_000).toISOString().slice(0, 19)
      .replaceAll("-", "").replaceAll(":", "").replace("T", "_");
    return `SITE_${stamp}.wav`;
  };
  if (minute >= FILES || MISSING.has(minute)) return "no recording";
  // The file that starts early ends early.
  if (OVERLAPPING.has(minute) && second % 60 >= 30) return "no recording";
  if (EMPTY.has(minute) || CORRUPT.has(minute)) return `unreadable recording ${at(minute)}`;
  return undefined;
}

/** Where continuous samples end within a minute, in seconds from its start; nothing where they go on. */
function endOfRun(minute: number): number | undefined {
  if (OVERLAPPING.has(minute)) return 30;
  return endsAtNext(minute) ? 60 : undefined;
}

/** The next minute is not there, at another rate, or begins by another clock. */
function endsAtNext(minute: number): boolean {
  const next = minute + 1;
  return OVERLAPPING.has(next) || next >= FILES || MISSING.has(next) || EMPTY.has(next) ||
    CORRUPT.has(next) ||
    OTHER_RATE.has(next) || OTHER_RATE.has(minute);
}

Deno.test("2,000 one-minute files, some missing, overlapping, empty, corrupt or at another rate, give each second its effort or its reason", () =>
  withFolder(async (folder) => {
    const recordings = join(folder, "recordings");
    await Deno.mkdir(recordings);
    await writeFiles(recordings);
    const out = join(folder, "out");
    const ended = await megaptera(
      ["score", recordings, "--hours", HOURS, "--model", "demo", "--out", out, "--log", "json"],
      folder,
    );
    assert.equal(ended.code, 3, ended.err);
    const summary = JSON.parse(ended.out.trimEnd().split("\n").at(-1)!);
    assert.equal(summary.hours.scored, SCORED);
    let effort = 0;
    for (const name of (await filesBelow(out)).filter((file) => file.endsWith(".json"))) {
      const manifest = parseManifest(await Deno.readTextFile(join(out, name)), name);
      const reasons = new Map<number, string>();
      for (const { start, stop, reason } of manifest.noEffort) {
        for (let ms = Date.parse(start); ms < Date.parse(stop); ms += 1000) {
          reasons.set(ms, reasonWords(reason));
        }
      }
      effort += manifest.effortSeconds;
      assert.equal(manifest.effortSeconds, 3600 - reasons.size, name);
      for (let bin = 0; bin < 3600; bin++) {
        const binMs = Date.parse(manifest.hour) + bin * 1000;
        const found = reasons.get(binMs);
        const second = (binMs - START_MS) / 1000;
        const minute = Math.floor(second / 60);
        const expected = expectedReason(second);
        const left = (endOfRun(minute) ?? Infinity) - second % 60;
        const isLast = expected === undefined && left <= LOST_SECONDS;
        const what = `second ${second} (${name}, minute ${minute})`;
        if (isLast) assert.equal(found, "window not whole", what);
        else assert.equal(found, expected, what);
      }
    }
    assert.equal(summary.effort_s, effort);
  }));
