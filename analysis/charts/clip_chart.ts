import type { TopLevelSpec } from "vega-lite";
import { chartFrame, type ChartTexts } from "./chart_frame.ts";
import type { MelImage } from "./images.ts";
import { spectrogramLayers } from "./spectrogram_layers.ts";

/** Holds what `clipChart` draws. */
export interface ClipChartData extends ChartTexts {
  image: MelImage;
  /** Highest frequency of the picture, Hz; the lowest is 0. */
  topHz: number;
  /** Beginning and end of the clip, seconds from the moment that it is about. */
  fromSeconds: number;
  toSeconds: number;
}

/**
 * Draws the spectrogram of a clip, by seconds from the moment that it is about.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the picture in it.
 */
export function clipChart(data: ClipChartData): TopLevelSpec {
  const { image, topHz, fromSeconds: from, toSeconds: to } = data;
  const x = {
    type: "quantitative",
    scale: { domain: [from, to], nice: false, zero: false },
    axis: { title: "time from the peak (s)", grid: false, tickCount: 6, labelOverlap: true },
  };
  return chartFrame(data, [{
    width: 460,
    height: 150,
    layer: spectrogramLayers({ image, topHz, from, to }, 150, x),
  }]);
}
