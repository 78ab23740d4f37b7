import {
  MEL_BANDS,
  MelSpectrogram,
  Pcen,
  RECIPES,
  type SavedModel,
  WINDOW_FRAMES,
} from "../../../../pipeline/detector/mod.ts";
import { readSamples } from "../../../helpers/fixtures.ts";

/** Values of one window. */
export const WINDOW_VALUES: number = WINDOW_FRAMES * MEL_BANDS;

/** The first windows of the committed song as the `exact` recipe lays them, `[count, 128, 64]`. */
export async function songWindows(
  pcenWeights: SavedModel["pcen"],
  count: number,
): Promise<Float32Array<ArrayBuffer>> {
  const front = await MelSpectrogram.create();
  const mel = front.frames(await readSamples("song-10k.wav"));
  front.close();
  const pcen = new Pcen(pcenWeights);
  const windows = new Float32Array(count * WINDOW_VALUES);
  RECIPES.exact.windowStarts(count, mel.length / MEL_BANDS, 100 / 3).forEach((frame, n) => {
    pcen.restart();
    pcen.apply(mel, frame * MEL_BANDS, WINDOW_FRAMES, windows, n * WINDOW_VALUES);
  });
  return windows;
}
