import assert from "node:assert/strict";
import { MegapteraError } from "../../../../core/errors.ts";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { type Chunk, fmt, riff, text, u32, u64 } from "../wav_bytes.ts";

const data = { name: "data", body: [0, 64, 0, 192] };
const samples = Float32Array.of(0.5, -0.5);

async function assertReads(bytes: Uint8Array<ArrayBuffer>, reads = 2): Promise<void> {
  const source = new MemorySource(bytes);
  const recording = await openWav(source);
  assert.deepEqual(recording.warnings, []);
  assert.equal(recording.frames, 2);
  assert(source.reads <= reads, `${source.reads} reads to open`);
  assert(source.bytesRead <= 4096 * reads);
  assert.deepEqual(await recording.read(0, 2, 0), samples);
}

async function assertFault(bytes: Uint8Array<ArrayBuffer>, words: RegExp): Promise<void> {
  await assert.rejects(openWav(new MemorySource(bytes)), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data");
    assert.match(error.message, /^Cannot read 20210101_093000\.wav as [^\n]*\.$/);
    assert.match(error.message, words);
    return true;
  });
}

Deno.test("chunks of odd sizes around the audio are stepped over with their padding", () =>
  assertReads(riff([
    { name: "junk", body: [1, 2, 3] },
    fmt(),
    { name: "LIST", body: text("INFOx") },
    data,
    { name: "guan", body: [7] },
  ])));

Deno.test("chunks of odd sizes without their padding are stepped over too", async () => {
  const [format, audio] = [fmt(), data].map((chunk) => [...riff([chunk])].slice(12));
  const odd = [...text("guan"), ...u32(9), ...text("GUANO|1.0")];
  const file = (...parts: number[][]) => Uint8Array.from([...riff([]), ...parts.flat()]);
  await assertReads(file(odd, format, audio));
  await assertReads(file(format, odd, audio));
  await assertReads(file(odd, odd, format, odd, audio, odd));
  // Padding that is no zero is padding all the same.
  await assertReads(file(format, odd, text("x"), audio));
});

Deno.test("a list of 393,164 zeros before the audio costs one more read of 4 kB", () =>
  assertReads(riff([fmt(), { name: "LIST", body: new Uint8Array(393_164) }, data]), 3));

Deno.test("RF64 and BW64 take the size of the audio and of other chunks from ds64", async () => {
  const list = { name: "bext", body: [9, 9, 9, 9], size: 0xffffffff };
  const table = [...u32(1), ...text("bext"), ...u64(4)];
  const ds64 = { name: "ds64", body: [...u64(1000), ...u64(4), ...u64(2), ...table] };
  const audio = { ...data, size: 0xffffffff };
  const after = { name: "LIST", body: text("INFO") };
  for (const form of ["RF64", "BW64"]) {
    await assertReads(riff([ds64, list, fmt(), audio, after], form));
  }
});

Deno.test("ds64 has no say in a file that is not RF64", () => {
  const ds64 = { name: "ds64", body: [...u64(1000), ...u64(2), ...u64(1), ...u32(0)] };
  return assertReads(riff([ds64, fmt(), data]));
});

Deno.test("a thousand chunks are looked through, and then no more", async () => {
  const junk = new Array<Chunk>(1000).fill({ name: "JUNK", body: [] });
  await assertReads(riff([fmt(), ...junk.slice(0, 998), data]), 3);
  await assertFault(riff([fmt(), ...junk, data]), /among its first 1000 chunks/);
});

Deno.test("an empty file says so", () => assertFault(new Uint8Array(0), /empty.*0 bytes/));

Deno.test("text renamed .wav is told by how it begins", () =>
  assertFault(
    Uint8Array.from(text("Dear diary,\n\u0000we heard whales.")),
    /not a WAV file, which begins with RIFF: it begins "Dear diary,·"/,
  ));

Deno.test("a few bytes, another RIFF file and a big-endian one are no WAV files", async () => {
  await assertFault(Uint8Array.from(text("RIFF")), /begins "RIFF"/);
  await assertFault(Uint8Array.from(text("RIFF\0\0\0\0AVI LIST")), /begins "RIFF····AVI "/);
  await assertFault(riff([fmt(), data], "RIFX"), /big-endian/);
});

Deno.test("a file without audio, or without a format before it, says which is missing", async () => {
  await assertFault(riff([fmt()]), /no "data" chunk/);
  await assertFault(
    riff([fmt(), { name: "LIST", body: [], size: 5000 }]),
    /no "data" chunk: its chunk "LIST" says that it has 5000 bytes, 5000 more than/,
  );
  await assertFault(riff([data]), /no "fmt " chunk before/);
  await assertFault(riff([data, fmt()]), /no "fmt " chunk before/);
});
