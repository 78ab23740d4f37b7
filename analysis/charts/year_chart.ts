import type { TopLevelSpec } from "vega-lite";
import { DAY_MS } from "../../core/mod.ts";
import {
  CHART_WIDTH,
  chartFrame,
  type ChartTexts,
  COLOURS,
  SONG_SCALE,
  timeAxis,
  timeEnds,
} from "./chart_frame.ts";

const HEIGHT = 360;

/** Names the colours that `minuteImage` paints minutes in. */
const MINUTE_COLOURS = [
  ["none", "#FFFFFF"],
  ["none, by night", COLOURS.nightTint],
  ["less than a third", SONG_SCALE[0]],
  ["a third to two thirds", SONG_SCALE[1]],
  ["more than two thirds", SONG_SCALE[2]],
  ["not heard", COLOURS.unheard],
] as const;

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
      {
        data: { values: MINUTE_COLOURS.map(([kind]) => ({ kind, at: axisFromMs })) },
        mark: { type: "point", opacity: 0, filled: true },
        encoding: {
          x: { field: "at", type: "temporal" },
          color: {
            field: "kind",
            type: "nominal",
            scale: {
              domain: MINUTE_COLOURS.map(([kind]) => kind),
              range: MINUTE_COLOURS.map(([, colour]) => colour),
            },
            legend: {
              title: "song in the minute",
              orient: "top",
              columns: 3,
              symbolType: "square",
              symbolOpacity: 1,
              symbolSize: 120,
              symbolStrokeColor: COLOURS.text,
              symbolStrokeWidth: 0.5,
            },
          },
        },
      },
    ],
  }]);
}
