import type { TopLevelSpec } from "vega-lite";
import { DAY_MS } from "../../core/mod.ts";
import { CHART_WIDTH, chartFrame, type ChartTexts, timeAxis, timeEnds } from "./chart_frame.ts";

const HEIGHT = 360;

/** What the picture of a year shows. */
export interface YearChartData extends Omit<ChartTexts, "description"> {
  /** The picture, as `minuteImage` makes it. */
  image: string;
  /** First day of the picture, and the day after the last, epoch milliseconds. */
  fromMs: number;
  toMs: number;
  /** First day of the axis, and the day after its last: those of the picture unless given. */
  axisFromMs?: number;
  axisToMs?: number;
}

/**
 * A year at minute resolution, as one picture: half a million cells as marks would take seconds and
 * tens of megabytes.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the picture in it.
 */
export function yearChart(data: YearChartData): TopLevelSpec {
  const { image, fromMs, toMs, axisFromMs = fromMs, axisToMs = toMs } = data;
  const part = (ms: number): string => `width * ${ms / (axisToMs - axisFromMs)}`;
  const [from, last] = [fromMs, toMs - DAY_MS].map((ms) => new Date(ms).toISOString().slice(0, 10));
  const description = `Every minute from ${from} to ${last}, a column a day: with song (blue), ` +
    "heard without (white, tinted by night), and not heard (grey, hatched).";
  return chartFrame({ ...data, description }, [{
    width: CHART_WIDTH,
    height: HEIGHT,
    layer: [
      timeEnds(axisFromMs, axisToMs),
      {
        data: { values: [{ url: image, at: fromMs, hour: 0 }] },
        // Smoothed, a minute of song would look like days of it.
        mark: {
          type: "image",
          width: { expr: part(toMs - fromMs) },
          height: HEIGHT,
          aspect: false,
          smooth: false,
        },
        encoding: {
          url: { field: "url" },
          x: { value: { expr: part((fromMs + toMs) / 2 - axisFromMs) } },
          y: { value: HEIGHT / 2 },
        },
      },
      {
        data: { values: [{ at: axisFromMs, hour: 0 }, { at: axisToMs, hour: 24 }] },
        mark: { type: "point", opacity: 0 },
        encoding: {
          x: { field: "at", ...timeAxis(axisFromMs, axisToMs, "date (UTC)") },
          y: {
            field: "hour",
            type: "quantitative",
            scale: { domain: [0, 24], nice: false },
            axis: {
              title: "hour of the day (UTC)",
              grid: false,
              values: [0, 3, 6, 9, 12, 15, 18, 21, 24],
            },
          },
        },
      },
    ],
  }]);
}
