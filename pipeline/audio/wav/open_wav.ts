import { type RangeSource, SourceFault, sourceName } from "../../places/mod.ts";
import { harpTable } from "../harp_table.ts";
import {
  checkRequest,
  type LostFrames,
  type Recording,
  type SampleFormat,
  type TimedFrames,
  unreadable,
} from "../recording.ts";
import { readSaidStarts, type SaidStart } from "../said_starts.ts";
import { readWhole, SalvagedSource } from "../salvaged_source.ts";
import { audioSpan } from "./audio_span.ts";
import { findChunks, type WavChunks } from "./wav_chunks.ts";
import { parseFormat, type WavFormat } from "./wav_format.ts";
import { decode, justification } from "./wav_samples.ts";

/** Larger than counts of 32 bits, and small enough for its square to be a number too. */
const largestSample = 1e12;

/** Bytes held at once while reading, whatever the span and the number of channels. */
const pieceBytes = 8 * 1024 * 1024;

/**
 * Opens a WAV file: PCM of 8 to 32 bits, float of 32 and 64 bits, any number of
 * channels, RF64 and BW64 over 4 GB, any chunks before and after the audio; the table of raw files
 * of a HARP's x.wav tells when they were recorded. Integers are divided
 * by 2^(bits − 1); the largest of 32 bits rounds to 1. Float samples are given as stored; one that is
 * no finite number is lost.
 *
 * @param source The file's bytes. It is closed with the recording, or at once where this throws.
 * @returns The recording; where its header cannot be true and audio is there, with warnings.
 * @throws {MegapteraError} `data` where the file cannot be read, in one sentence that names it.
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
  let seconds: number | undefined;
  try {
    const chunks = await findChunks(source);
    seconds = declaredSeconds(source, chunks);
    const { format: declared, warnings: odd } = parseFormat(source, chunks.format);
    const frameBytes = declared.channels * declared.sampleBytes;
    const { dataOffset, others } = chunks;
    const { frames, warnings, behind } = await audioSpan(source, chunks, frameBytes);
    const just = await justification(source, declared, dataOffset, frames);
    const format = { ...declared, shift: just.shift };
    const audio = { dataOffset, frameBytes, frames, sampleRateHz: format.sampleRateHz };
    const table = await harpTable(source, others, audio);
    const said = await readSaidStarts(source, [...others, ...behind]);
    return new WavRecording(source, format, dataOffset, {
      frames,
      saidStarts: said.saidStarts,
      stretches: table.stretches,
      warnings: [...odd, ...warnings, ...just.warnings, ...table.warnings, ...said.warnings],
    });
  } catch (error) {
    source.close();
    const { sizeBytes } = source;
    throw SourceFault.withLength(error, { sizeBytes, ...(seconds && { seconds }) });
  }
}

/** Computes how long the audio lasts by its byte rate, which compressed audio has too. */
function declaredSeconds(
  { sizeBytes }: RangeSource,
  { format, dataOffset, declaredBytes }: WavChunks,
): number | undefined {
  const byteRate = format.byteLength < 12 ? 0 : format.getUint32(8, true);
  return byteRate > 0 ? Math.min(declaredBytes, sizeBytes - dataOffset) / byteRate : undefined;
}

class WavRecording implements Recording {
  readonly source: RangeSource;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  readonly sampleFormat: SampleFormat;
  readonly stretches?: readonly TimedFrames[];
  readonly saidStarts: readonly SaidStart[];
  readonly warnings: readonly string[];
  readonly #format: WavFormat;
  readonly #dataOffset: number;
  readonly #bytes: SalvagedSource;

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
    const kind = format.encoding === "float" ? "float" : "integer";
    // Those that stand low were moved up.
    this.sampleFormat = { kind, bits: 8 * format.sampleBytes - format.shift };
    if (stretches.length > 0) this.stretches = stretches;
    this.saidStarts = saidStarts;
    this.warnings = warnings;
    this.#format = format;
    this.#dataOffset = dataOffset;
    this.#bytes = new SalvagedSource(source);
  }

  async read(
    startFrame: number,
    frameCount: number,
    channel: number,
    onLost?: (lost: LostFrames) => void,
  ): Promise<Float32Array> {
    checkRequest(this, startFrame, frameCount, channel);
    const { encoding, sampleBytes } = this.#format;
    const stride = this.channels * sampleBytes;
    const samples = new Float32Array(frameCount);
    const lost: LostFrames[] = [];
    const pieceFrames = Math.max(1, Math.floor(pieceBytes / stride));
    for (let done = 0; done < frameCount; done += pieceFrames) {
      const frames = Math.min(pieceFrames, frameCount - done);
      const offset = this.#dataOffset + (startFrame + done) * stride;
      const bytes = await readWhole(this.#bytes, offset, frames * stride);
      lost.push(...this.#unreadable(startFrame + done, frames, stride));
      const from = { bytes, offset: channel * sampleBytes, stride };
      decode(this.#format, from, samples.subarray(done, done + frames));
    }
    if (encoding === "float") {
      this.#loseWhatIsNotFinite(samples, startFrame, onLost && ((frames) => lost.push(frames)));
    }
    for (const frames of lost.sort((a, b) => a.startFrame - b.startFrame)) {
      if (!onLost) throw new SourceFault("unreadable", frames.reason, { uri: this.source.uri });
      onLost(frames);
    }
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

  /** Finds frames whose bytes the disk could not give. */
  #unreadable(startFrame: number, frames: number, stride: number): LostFrames[] {
    const frameAt = (offset: number): number => (offset - this.#dataOffset) / stride;
    const [from, to] = [startFrame, startFrame + frames].map((frame) =>
      this.#dataOffset + frame * stride
    );
    return this.#bytes.gapsWithin(from, to).map(({ start, stop, fault }) => ({
      startFrame: Math.max(startFrame, Math.floor(frameAt(start))),
      stopFrame: Math.min(startFrame + frames, Math.ceil(frameAt(stop))),
      kind: "unreadable",
      reason: fault.message,
      failed: true,
    }));
  }

  #loseWhatIsNotFinite(
    samples: Float32Array,
    startFrame: number,
    onLost: ((lost: LostFrames) => void) | undefined,
  ): void {
    const isLost = (i: number): boolean => !(Math.abs(samples[i]) <= largestSample);
    const reason = `Cannot use some samples of ${sourceName(this.source)} as they are no finite ` +
      "numbers: what wrote them put NaN or infinity there.";
    for (let i = 0; i < samples.length; i++) {
      if (!isLost(i)) continue;
      if (!onLost) {
        const found = `frame ${startFrame + i} is no number that a sample can be: ${samples[i]}`;
        throw unreadable(this.source, found);
      }
      const first = i;
      while (i < samples.length && isLost(i)) samples[i++] = 0;
      const [from, stopFrame] = [startFrame + first, startFrame + i];
      onLost({ startFrame: from, stopFrame, kind: "not-finite", reason });
    }
  }
}
