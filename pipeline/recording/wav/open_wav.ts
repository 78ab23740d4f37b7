import { checkRequest } from "../check_request.ts";
import type { Recording, Stretch } from "../recording.ts";
import { readSaidStarts, type SaidStart } from "../said_starts.ts";
import type { RangeSource } from "../source.ts";
import { unreadable } from "../unreadable.ts";
import { audioSpan } from "./audio_span.ts";
import { decoders } from "./decoders.ts";
import { findChunks } from "./find_chunks.ts";
import { floatScale } from "./float_scale.ts";
import { harpTable } from "./harp_table.ts";
import { parseFormat } from "./parse_format.ts";
import type { WavFormat } from "./parse_format.ts";

/** Bytes held at once while reading, whatever the span and the number of channels. */
const pieceBytes = 8 * 1024 * 1024;

/**
 * Opens a WAV file: PCM of 8, 16, 24 and 32 bits, float of 32 and 64 bits, any number of
 * channels, RF64 and BW64 over 4 GB, any chunks before and after the audio; the table of raw files
 * of a HARP's x.wav tells when they were recorded. Integers are divided
 * by 2^(bits − 1); the largest of 32 bits rounds to 1. Float samples are given as stored.
 *
 * @param source The file's bytes. It is closed with the recording, or at once where this throws.
 * @returns The recording; where its header cannot be true and audio is there, with warnings.
 * @throws {MegapteraError} `data` where the file cannot be read, in one sentence that names it.
 * Reading throws one too where a float sample is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openWav } from "./open_wav.ts";
 * const bytes = new Uint8Array(46);
 * const view = new DataView(bytes.buffer);
 * bytes.set(new TextEncoder().encode("RIFF&\0\0\0WAVEfmt "));
 * [16, 0x10001, 16000, 32000, 0x100002].forEach((word, i) => view.setUint32(16 + 4 * i, word, true));
 * bytes.set(new TextEncoder().encode("data\x02\0\0\0\0\x40"), 36);
 * const recording = await openWav({
 *   uri: "memory:one.wav",
 *   sizeBytes: bytes.length,
 *   version: "1",
 *   read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
 *   close: () => {},
 * });
 * assert.equal(recording.sampleRateHz, 16000);
 * assert.deepEqual(await recording.read(0, 1, 0), new Float32Array([0.5]));
 * ```
 */
export async function openWav(source: RangeSource): Promise<Recording> {
  try {
    const chunks = await findChunks(source);
    const format = parseFormat(source, chunks.format);
    const frameBytes = format.channels * format.sampleBytes;
    const { dataOffset, others } = chunks;
    const { frames, warnings, behind } = await audioSpan(source, chunks, frameBytes);
    const audio = { dataOffset, frameBytes, frames, sampleRateHz: format.sampleRateHz };
    const scale = await floatScale(source, format, dataOffset, frames);
    const table = await harpTable(source, others, audio);
    const said = await readSaidStarts(source, [...others, ...behind]);
    return new WavRecording(source, format, dataOffset, {
      frames,
      saidStarts: said.saidStarts,
      stretches: table.stretches,
      warnings: [...warnings, ...scale, ...table.warnings, ...said.warnings],
    });
  } catch (error) {
    source.close();
    throw error;
  }
}

class WavRecording implements Recording {
  readonly source: RangeSource;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  readonly stretches?: readonly Stretch[];
  readonly saidStarts: readonly SaidStart[];
  readonly warnings: readonly string[];
  readonly #format: WavFormat;
  readonly #dataOffset: number;

  constructor(
    source: RangeSource,
    format: WavFormat,
    dataOffset: number,
    { frames, saidStarts, stretches, warnings }: Required<
      Pick<Recording, "frames" | "saidStarts" | "stretches" | "warnings">
    >,
  ) {
    this.source = source;
    this.sampleRateHz = format.sampleRateHz;
    this.channels = format.channels;
    this.frames = frames;
    if (stretches.length > 0) this.stretches = stretches;
    this.saidStarts = saidStarts;
    this.warnings = warnings;
    this.#format = format;
    this.#dataOffset = dataOffset;
  }

  async read(startFrame: number, frameCount: number, channel: number): Promise<Float32Array> {
    checkRequest(this, startFrame, frameCount, channel);
    const { encoding, sampleBytes } = this.#format;
    const frameBytes = this.channels * sampleBytes;
    const decode = decoders[encoding];
    const samples = new Float32Array(frameCount);
    const pieceFrames = Math.max(1, Math.floor(pieceBytes / frameBytes));
    for (let done = 0; done < frameCount; done += pieceFrames) {
      const frames = Math.min(pieceFrames, frameCount - done);
      const offset = this.#dataOffset + (startFrame + done) * frameBytes;
      const bytes = await this.source.read(offset, frames * frameBytes);
      if (bytes.length !== frames * frameBytes) {
        const got = `${bytes.length} of ${frames * frameBytes} bytes came from byte ${offset}`;
        throw unreadable(this.source, `its source gave less than was asked for: ${got}`);
      }
      decode(bytes, channel * sampleBytes, frameBytes, samples.subarray(done, done + frames));
    }
    if (encoding.startsWith("float")) this.#checkNumbers(samples, startFrame);
    return samples;
  }

  willRead(startFrame: number, stopFrame: number): void {
    const frameBytes = this.channels * this.#format.sampleBytes;
    const [start, stop] = [startFrame, stopFrame].map((frame) =>
      this.#dataOffset + Math.min(frame, this.frames) * frameBytes
    );
    this.source.willRead?.(start, stop);
  }

  close(): void {
    this.source.close();
  }

  #checkNumbers(samples: Float32Array, startFrame: number): void {
    for (let i = 0; i < samples.length; i++) {
      // Infinity and NaN alone give NaN here.
      if (samples[i] - samples[i] !== 0) {
        throw unreadable(this.source, `frame ${startFrame + i} is not a number: ${samples[i]}`);
      }
    }
  }
}
