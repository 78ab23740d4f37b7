import assert from "node:assert/strict";
import { join } from "node:path";
import { megapteraCommand } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff, u32 } from "../pipeline/audio/wav_bytes.ts";

const MOST_MS = 30_000;

/** Six seconds of silence at a rate, 8 bits, whose bytes take no room on most disks. */
async function writeSilence(path: string, sampleRateHz: number): Promise<void> {
  const bytes = riff([fmt({ bits: 8, sampleRateHz }), { name: "data", body: [] }]);
  bytes.set(u32(6 * sampleRateHz), bytes.length - 4);
  await Deno.writeFile(path, bytes);
  await Deno.truncate(path, bytes.length + 6 * sampleRateHz);
}

for (const sampleRateHz of [10_007, 384_000, 1_000_000, 4_000_000, 35_000_000, 600_000_000]) {
  Deno.test(`score ends in time whatever rate a header says: ${sampleRateHz} Hz`, () =>
    withFolder(async (folder) => {
      const path = join(folder, "SITE_20210101_093000.wav");
      await writeSilence(path, sampleRateHz);
      const args = ["score", path, "--model", "demo", "--out", join(folder, "out")];
      const child = megapteraCommand(args, folder).spawn();
      const timer = setTimeout(() => child.kill("SIGKILL"), MOST_MS);
      const { code, signal, stderr } = await child.output();
      clearTimeout(timer);
      assert.equal(signal, null, `it was still at work after ${MOST_MS / 1000} s`);
      const err = new TextDecoder().decode(stderr);
      assert.ok(code === 0 || code === 65 && /error: Cannot .*\.\n$/.test(err), err);
    }));
}
