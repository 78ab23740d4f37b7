import { type FrontEnd, HeldFrames, type StartedFrontEnd, type WindowStream } from "./front_end.ts";
import { FRAME_SAMPLES, HOP_SAMPLES, MEL_BANDS, WINDOW_FRAMES } from "./geometry.ts";
import { MelSpectrogram } from "./mel_spectrogram.ts";
import { Pcen, type PcenParameters } from "./pcen.ts";

/** Turns audio at 10 kHz into mel frames and PCEN, as the published detector's front end. */
export class MelPcenFrontEnd implements FrontEnd {
  readonly frameSamples: number = FRAME_SAMPLES;
  readonly hopSamples: number = HOP_SAMPLES;
  readonly windowFrames: number = WINDOW_FRAMES;
  readonly frameValues: number = MEL_BANDS;
  /** PCEN starts from the first frame, and would ring for a second. */
  readonly onsetSamples: number = FRAME_SAMPLES;
  /** PCEN's learned constants. */
  readonly pcen: PcenParameters;

  /** @param pcen PCEN's learned constants. */
  constructor(pcen: PcenParameters) {
    this.pcen = pcen;
  }

  async start(): Promise<StartedFrontEnd> {
    const spectrogram = await MelSpectrogram.create();
    return {
      windows: (starts, first) => new MelWindows(spectrogram, this.pcen, starts, first),
      close: () => spectrogram.close(),
    };
  }
}

/** Takes audio in, and gives PCEN windows `[128, 64]` out. */
class MelWindows implements WindowStream {
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
