import type { RangeSource } from "../source.ts";
import { sourceName } from "../source_name.ts";
import { decoders } from "./decoders.ts";
import type { WavFormat } from "./parse_format.ts";

/** What is looked at comes with the header as a rule, so that it costs no request. */
const LOOKED_AT_BYTES = 2048;
/** The detector hears alike over about ±20 dB (docs/detector.md). */
const MOST = 10;

/**
 * Warns where float samples are in units other than full scale: some programs store counts of 16 or
 * 24 bits as floats, and the detector's scores of those mean nothing.
 *
 * @param source The file's bytes.
 * @param format What its header says.
 * @param dataOffset Where its audio begins.
 * @param frames How many frames there are.
 * @returns A warning, or none.
 */
export async function floatScale(
  source: RangeSource,
  { encoding, sampleBytes, channels }: WavFormat,
  dataOffset: number,
  frames: number,
): Promise<string[]> {
  if (!encoding.startsWith("float")) return [];
  const count = Math.min(frames * channels, LOOKED_AT_BYTES / sampleBytes);
  const bytes = await source.read(dataOffset, count * sampleBytes);
  const samples = new Float32Array(Math.floor(bytes.length / sampleBytes));
  decoders[encoding](bytes, 0, sampleBytes, samples);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample) || 0), 0);
  if (!(peak > MOST && peak < Infinity)) return [];
  const most = `reach ${peak.toPrecision(3)} at its start, and full scale is 1`;
  return [
    `The float samples of ${
      sourceName(source)
    } ${most}: where they are counts of 16 bits, score it ` +
    "with --gain 0.000030517578125.",
  ];
}
