import assert from "node:assert/strict";
import { join } from "node:path";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import { openRecording } from "../../../../pipeline/audio/mod.ts";
import type { Recording } from "../../../../pipeline/audio/recording.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { harp, harpBytes } from "../harp_bytes.ts";
import { type Chunk, fmt, riff, text, u32 } from "../wav_bytes.ts";
import { fixtureBytes } from "./fixtures.ts";
import { hasFlac } from "./flac_command.ts";

const T0 = Date.UTC(2012, 11, 16, 19);
/** Frames of the fixture. */
const FRAMES = 4000;

/** Three raw files of an x.wav, ten minutes apart, of all its frames. */
function table(before: number): Chunk {
  const dataOffset = 12 + 24 + harpBytes(3) + before + 8;
  const frames = [1000, 2500, 500];
  return harp(frames.map((count, i) => ({
    startMs: T0 + i * 600_000,
    offset: dataOffset + 2 * frames.slice(0, i).reduce((sum, one) => sum + one, 0),
    bytes: 2 * count,
  })));
}

/** Puts chunks into the metadata of a FLAC file, as `flac --keep-foreign-metadata` does. */
async function keeping(
  chunks: readonly Chunk[],
  name = "CIN_121216_190000.x.flac",
): Promise<Recording> {
  const flac = await fixtureBytes("mono-16");
  const whole = riff(chunks.map((chunk) => chunk.name === "data" ? { ...chunk, body: [] } : chunk));
  // The file's head, and each chunk with its head.
  const parts = [whole.subarray(0, 12)];
  for (let at = 12; at < whole.length;) {
    const size = new DataView(whole.buffer).getUint32(at + 4, true);
    const stop = at + 8 + size + size % 2;
    parts.push(whole.subarray(at, stop));
    at = stop;
  }
  const blocks = parts.flatMap((part) => {
    const size = part.length + 4;
    return [2, size >> 16, size >> 8 & 255, size & 255, ...text("riff"), ...part];
  });
  const afterStreamInfo = 4 + 4 + 34;
  const bytes = Uint8Array.from([
    ...flac.subarray(0, afterStreamInfo),
    ...blocks,
    ...flac.subarray(afterStreamInfo),
  ]);
  return await openFlac(new MemorySource(bytes, name));
}

const data: Chunk = { name: "data", body: [] };

Deno.test("the table of an x.wav that a FLAC file keeps tells when its stretches were recorded", async () => {
  const recording = await keeping([fmt(), table(0), data]);
  assert.deepEqual(recording.warnings, []);
  assert.deepEqual(
    recording.stretches?.map(({ startFrame, frames, startMs }) => [startFrame, frames, startMs]),
    [[0, 1000, T0], [1000, 2500, T0 + 600_000], [3500, 500, T0 + 1_200_000]],
  );
  const samples = await recording.read(0, FRAMES, 0);
  assert.equal(samples.length, FRAMES);
});

Deno.test("what else a FLAC file keeps of a WAV file tells when it starts", async () => {
  const words = text("Recorded at 09:30:00 01/01/2021 (UTC-5) by AudioMoth ");
  const guano = text("GUANO|Version: 1.0\nTimestamp: 2021-01-01T09:30:00Z");
  const { saidStarts, stretches } = await keeping([
    fmt(),
    { name: "LIST", body: [...text("INFOICMT"), ...u32(words.length), ...words] },
    data,
    { name: "guan", body: guano },
  ], "20210101_093000.flac");
  assert.equal(stretches, undefined);
  assert.deepEqual(saidStarts?.map(({ offsetMs }) => offsetMs), [-5 * 3_600_000, 0]);
});

Deno.test("a FLAC file that is named like a HARP's and keeps no table says that it is lost", async () => {
  const { stretches, warnings } = await keeping([fmt(), data]);
  assert.equal(stretches, undefined);
  assert.match(warnings[0], /^CIN_121216_190000\.x\.flac is named like a HARP's, yet its table/);
});

Deno.test("a table that can't be true is refused in a FLAC file too", async () => {
  const wrong = table(0);
  const body = [...wrong.body];
  body[56 + 1] = 13; // a month
  await assert.rejects(
    keeping([fmt(), { ...wrong, body }, data]),
    /raw file 1 of its "harp" table starts at/,
  );
});

Deno.test({
  name:
    "an x.wav and what the command flac makes of it tell the same stretches, chunks of odd sizes too",
  ignore: !hasFlac,
  fn: () =>
    withFolder(async (folder) => {
      const odd: Chunk = { name: "LIST", body: text("INFOx") };
      const wav = join(folder, "CIN_121216_190000.x.wav");
      const audio = { name: "data", body: new Uint8Array(2 * FRAMES).map((_, i) => i % 251) };
      await Deno.writeFile(wav, riff([fmt(), odd, table(14), audio]));
      const args = ["-s", "--keep-foreign-metadata", wav];
      const { success } = await new Deno.Command("flac", { args, stderr: "null" }).output();
      assert.ok(success);
      const [one, other] = await Promise.all(
        [wav, wav.replace(/wav$/, "flac")].map((path) => openRecording(path)),
      );
      assert.equal(one.stretches?.length, 3);
      assert.deepEqual(one.stretches, other.stretches);
      assert.deepEqual([...one.warnings, ...other.warnings], []);
      one.close();
      other.close();
    }),
});
