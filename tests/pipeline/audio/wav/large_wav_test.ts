import assert from "node:assert/strict";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { openFileSource } from "../../../../pipeline/places/file_source.ts";
import { fmt, riff, u32, u64 } from "../wav_bytes.ts";

/** Opens a sparse mono file of 24 bits at 16 kHz whose last frame alone is not 0. */
async function assertOpensByItsHeader(
  header: Uint8Array,
  frames: number,
): Promise<readonly string[]> {
  const path = await Deno.makeTempFile({ suffix: ".wav" });
  try {
    using file = await Deno.open(path, { write: true });
    await file.write(header);
    await file.truncate(header.length + frames * 3);
    await file.seek(header.length + frames * 3 - 3, Deno.SeekMode.Start);
    await file.write(Uint8Array.of(0, 0, 0x40));
    const source = await openFileSource(path);
    let bytesRead = 0;
    const read = async (offset: number, length: number) => {
      const bytes = await source.read(offset, length);
      bytesRead += bytes.length;
      return bytes;
    };
    const { uri, sizeBytes, version } = source;
    const recording = await openWav({ uri, sizeBytes, version, read, close: () => source.close() });
    assert(bytesRead <= 4096, `${bytesRead} bytes were read to open it`);
    assert.equal(recording.frames, frames);
    assert.deepEqual(await recording.read(frames - 2, 2, 0), Float32Array.of(0, 0.5));
    recording.close();
    return recording.warnings;
  } finally {
    await Deno.remove(path);
  }
}

const format = fmt({ bits: 24 });
const dayFrames = 24 * 3600 * 16000;

Deno.test("a day of 4.15 GB opens by its first bytes and is read at its end", async () => {
  const header = riff([format, { name: "data", body: [], size: dayFrames * 3 }]);
  assert.deepEqual(await assertOpensByItsHeader(header, dayFrames), []);
});

Deno.test("RF64 of 5 GB opens by its first bytes and is read at its end", async () => {
  const frames = 1_700_000_000;
  const sizes = [...u64(frames * 3 + 72), ...u64(frames * 3), ...u64(frames), ...u32(0)];
  const audio = { name: "data", body: [], size: 0xffffffff };
  const header = riff([{ name: "ds64", body: sizes }, format, audio], "RF64");
  assert.deepEqual(await assertOpensByItsHeader(header, frames), []);
});

Deno.test("a size that ran over 4 GiB is not believed", async () => {
  const frames = 1_500_000_000;
  const header = riff([format, { name: "data", body: [], size: frames * 3 % 2 ** 32 }]);
  const warnings = await assertOpensByItsHeader(header, frames);
  assert.match(warnings[0], /declares 205032704 bytes of audio: 4500000000 bytes are there/);
});
