import { Resampler } from "../audio/mod.ts";
import { HOP_SAMPLES, MEL_BANDS, MelSpectrogram, samplesOfFrames } from "../detector/mod.ts";
import { type Catalogue, RunReader } from "../timeline/mod.ts";
import type { Piece } from "./piece.ts";
import { PieceAudio } from "./score_piece.ts";

/** Frames that a column of the picture averages: 3 s. */
const COLUMN_FRAMES = 100;

/**
 * Measures the mel levels of a catalogue's first run, for a picture.
 *
 * @param catalogue The recordings.
 * @param detectorRateHz Rate that the front end takes, in Hz.
 * @returns Levels in dB, `[columns, 64]`, a column every 3 s.
 */
export async function melLevels(
  catalogue: Catalogue,
  detectorRateHz: number,
): Promise<Float32Array> {
  const [run] = catalogue.timeline.runs;
  const resampler = new Resampler(run.sampleRateHz, detectorRateHz);
  const reader = new RunReader(run, { ...catalogue, channel: 0 });
  const piece: Pick<Piece, "originFrame" | "stopFrame"> = { originFrame: 0, stopFrame: run.frames };
  const audio = new PieceAudio({ piece, reader, resampler, gain: 1 });
  const mel = await MelSpectrogram.create();
  const columnSamples = COLUMN_FRAMES * HOP_SAMPLES;
  const columns = Math.floor(resampler.outputLength(run.frames) / columnSamples);
  const levels = new Float32Array(columns * MEL_BANDS);
  try {
    for (let column = 0; column < columns; column++) {
      const span = { start: column * columnSamples, count: samplesOfFrames(COLUMN_FRAMES) };
      const frames = mel.frames(await audio.read(span));
      for (let band = 0; band < MEL_BANDS; band++) {
        let sum = 0;
        for (let i = band; i < frames.length; i += MEL_BANDS) sum += frames[i];
        levels[column * MEL_BANDS + band] = 10 * Math.log10(sum / COLUMN_FRAMES + 1e-12);
      }
    }
  } finally {
    mel.close();
    await reader.close();
  }
  return levels;
}
