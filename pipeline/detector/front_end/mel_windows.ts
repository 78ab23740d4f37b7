import type { WindowStream } from "./front_end.ts";
import { MEL_BANDS, WINDOW_FRAMES } from "./geometry.ts";
import { HeldFrames } from "./held_frames.ts";
import type { MelSpectrogram } from "./mel_spectrogram.ts";
import { Pcen, type PcenParameters } from "./pcen.ts";

/** Audio in, PCEN windows `[128, 64]` out. */
export class MelWindows implements WindowStream {
  readonly #spectrogram: MelSpectrogram;
  readonly #pcen: Pcen;
  readonly #starts: "window" | "audio";
  /** Mel where PCEN starts in each window, else PCEN's output. */
  readonly #frames: HeldFrames;

  /**
   * @param spectrogram Computes mel frames.
   * @param parameters PCEN's learned constants.
   * @param starts Whether PCEN starts in each window or at the first frame.
   * @param firstFrame Number of the first frame that will be pushed.
   */
  constructor(
    spectrogram: MelSpectrogram,
    parameters: PcenParameters,
    starts: "window" | "audio",
    firstFrame: number,
  ) {
    this.#spectrogram = spectrogram;
    this.#pcen = new Pcen(parameters);
    this.#starts = starts;
    this.#frames = new HeldFrames(MEL_BANDS, firstFrame);
  }

  push(samples: Float32Array, keepFrom: number): void {
    const mel = this.#spectrogram.frames(samples);
    const frames = this.#frames.extend(mel.length / MEL_BANDS, keepFrom);
    if (this.#starts === "window") frames.set(mel);
    else this.#pcen.apply(mel, 0, mel.length / MEL_BANDS, frames, 0);
  }

  write(start: number, target: Float32Array, at: number): void {
    const frames = this.#frames.view(start, WINDOW_FRAMES);
    if (this.#starts === "window") {
      this.#pcen.restart();
      this.#pcen.apply(frames, 0, WINDOW_FRAMES, target, at);
    } else {
      target.set(frames, at);
    }
  }
}
