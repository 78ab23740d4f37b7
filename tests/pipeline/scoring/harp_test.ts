import assert from "node:assert/strict";
import { join } from "node:path";
import { catalogueFiles } from "../../../pipeline/timeline/mod.ts";
import { noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { harp, harpBytes } from "../audio/harp_bytes.ts";
import { fmt, riff } from "../audio/wav_bytes.ts";

const HOUR_MS = Date.UTC(2017, 6, 6, 23);
const RATE_HZ = 16_000;

function wav(samples: Int16Array, ...chunks: ReturnType<typeof harp>[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return riff([fmt(), ...chunks, { name: "data", body }]);
}

Deno.test("an x.wav on a duty cycle scores as its raw files do that were saved one by one", () =>
  withFolder(async (folder) => {
    // The third follows the second without a break, as within one duty cycle.
    const seconds = [[60, 20], [300, 15], [315, 15], [3590, 20]];
    const samples = Int16Array.from(noise(70 * RATE_HZ), (value) => value * 32768);
    const files = seconds.map(([start, length], i) => {
      const before = seconds.slice(0, i).reduce((sum, [, other]) => sum + other, 0) * RATE_HZ;
      return { start, first: before, stop: before + length * RATE_HZ };
    });
    const dataOffset = 12 + 24 + harpBytes(files.length) + 8;
    const table = files.map(({ start, first, stop }) => ({
      startMs: HOUR_MS + start * 1000,
      offset: dataOffset + 2 * first,
      bytes: 2 * (stop - first),
    }));
    const whole = join(folder, "SOCAL_E_63_EE_C4_disk01.x.wav");
    await Deno.writeFile(whole, wav(samples, harp(table)));
    const parts: string[] = [];
    for (const { start, first, stop } of files) {
      const stamp = new Date(HOUR_MS + start * 1000).toISOString().replaceAll(":", "-");
      parts.push(join(folder, `${stamp}.wav`));
      await Deno.writeFile(parts[parts.length - 1], wav(samples.slice(first, stop)));
    }
    const together = (await score(await catalogueFiles([whole]))).hours;
    const apart = (await score(await catalogueFiles(parts))).hours;
    assert.deepEqual([...together.keys()], [...apart.keys()]);
    for (const [hourMs, { scores, manifest }] of together) {
      assert.deepEqual(scores, apart.get(hourMs)!.scores);
      assert.deepEqual(manifest.noEffort, apart.get(hourMs)!.manifest.noEffort);
      assert.equal(manifest.files.length, 1);
      assert.equal(manifest.files[0].frames, samples.length);
      assert.equal(manifest.files[0].start, "2017-07-06T23:01:00Z");
    }
    const { manifest } = together.get(HOUR_MS)!;
    assert.equal(manifest.effortSeconds, (20 - 3) + (30 - 3) + 10);
    assert.deepEqual(manifest.segments.map(({ start, fileFrame }) => [start, fileFrame]), [
      ["2017-07-06T23:01:00Z", 0],
      ["2017-07-06T23:05:00Z", 20 * RATE_HZ],
      ["2017-07-06T23:05:15Z", 35 * RATE_HZ],
      ["2017-07-06T23:59:50Z", 50 * RATE_HZ],
    ]);
  }));
