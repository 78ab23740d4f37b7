import type { FrontEnd, StartedFrontEnd } from "./front_end.ts";
import { FRAME_SAMPLES, HOP_SAMPLES, MEL_BANDS, WINDOW_FRAMES } from "./geometry.ts";
import { MelSpectrogram } from "./mel_spectrogram.ts";
import { MelWindows } from "./mel_windows.ts";
import type { PcenParameters } from "./pcen.ts";

/** The published detector's front end: audio at 10 kHz → mel frames → PCEN. */
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
