import type { MelImage } from "./images.ts";

const mel = (hertz: number): number => 1127 * Math.log1p(hertz / 700);

/** Holds what `spectrogramLayers` draws. */
export interface SpectrogramData {
  image: MelImage;
  /** Highest frequency of the picture, Hz; the lowest is 0. */
  topHz: number;
  /** The ends of the picture along the horizontal axis. */
  from: number;
  to: number;
}

/**
 * Draws a mel spectrogram with its axis of frequency and, where its levels are known, a colour bar in
 * dB below the loudest.
 *
 * @param data What to show.
 * @param height Height of the panel, pixels.
 * @param x The horizontal channel of rows with `at`.
 * @returns Vega-Lite layers for a panel as wide as the chart.
 */
export function spectrogramLayers(
  { image, topHz, from, to }: SpectrogramData,
  height: number,
  x: Record<string, unknown>,
): unknown[] {
  const rangeDb = Math.max(1, Math.round(image.highDb - image.lowDb));
  return [
    {
      data: { values: [{ url: image.url }] },
      mark: { type: "image", width: { expr: "width" }, height, aspect: false },
      encoding: {
        url: { field: "url" },
        x: { value: { expr: "width / 2" } },
        y: { value: height / 2 },
      },
    },
    {
      data: {
        values: [{ at: from, mel: 0, level: -rangeDb }, { at: to, mel: mel(topHz), level: 0 }],
      },
      mark: { type: "point", opacity: 0 },
      encoding: {
        x: { field: "at", ...x },
        y: {
          field: "mel",
          type: "quantitative",
          scale: { domain: [0, mel(topHz)], nice: false },
          axis: {
            title: "frequency (Hz)",
            grid: false,
            values: [100, 500, 1000, 2000, 4000, 8000, 16_000, 32_000]
              .filter((hertz) => hertz <= topHz).map(mel),
            labelExpr: "format(round(700 * (exp(datum.value / 1127) - 1)), 'd')",
            labelOverlap: true,
          },
        },
        color: {
          field: "level",
          type: "quantitative",
          scale: { scheme: "viridis", domain: [-rangeDb, 0] },
          legend: {
            title: "level (dB below the loudest)",
            titleLimit: 400,
            orient: "top",
            direction: "horizontal",
            gradientThickness: 10,
            gradientLength: 180,
            gradientOpacity: 1,
          },
        },
      },
    },
  ];
}
