import type { TopLevelSpec } from "vega-lite";
import { DAY_MS } from "../../core/mod.ts";

/** What every chart of answers has. */
export interface ChartTexts {
  title: string;
  /** Below the title: the site, the dates, and what must be said with any result. */
  subtitle: string | readonly string[];
  /** What a reader who can't see the chart is told. */
  description: string;
}

/** Width of a chart of time, pixels. */
export const CHART_WIDTH = 960;

/**
 * Puts a chart's parts below each other, under one title.
 *
 * @param texts Title, subtitle and alt text.
 * @param panels Vega-Lite views, from top to bottom.
 * @returns A Vega-Lite specification.
 */
export function chartFrame(texts: ChartTexts, panels: readonly unknown[]): TopLevelSpec {
  const { title, subtitle, description } = texts;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    title: {
      text: title,
      subtitle,
      anchor: "start",
      fontSize: 15,
      subtitleFontSize: 12,
      offset: 14,
    },
    background: "white",
    padding: 8,
    spacing: 10,
    vconcat: panels,
    config: {
      font: "DejaVu Sans, Verdana, sans-serif",
      aria: false,
      view: { stroke: "#cccccc" },
      axis: {
        labelColor: COLOURS.text,
        titleColor: COLOURS.text,
        titleFontWeight: "normal",
        labelFontSize: 11,
        titleFontSize: 12,
        gridColor: "#eeeeee",
      },
      title: { color: COLOURS.text, subtitleColor: COLOURS.text },
    },
  } as unknown as TopLevelSpec;
}

/** Okabe and Ito's colours, which colour-blind readers can tell apart, by what they stand for. */
export const COLOURS = {
  song: "#0072B2",
  /** Song, behind other marks. */
  songTint: "#A9CFE8",
  found: "#D55E00",
  dawn: "#E69F00",
  dusk: "#D55E00",
  day: "#56B4E9",
  night: "#3B4A75",
  sun: "#8A4B00",
  other: "#8C8C8C",
  raw: "#BDBDBD",
  effort: "#9A9A9A",
  text: "#333333",
  /** Night, behind other marks. */
  nightTint: "#DCE0EC",
  /** Time that was not listened to, and the lines that hatch it. */
  unheard: "#C9C9C9",
  hatch: "#7D7D7D",
} as const;

/** From little song to song all the time; they darken all the way, so that grey print shows it. */
export const SONG_SCALE = ["#5BA4D4", "#0072B2", "#00263D"] as const;

/** The colour of per cents of the time with song: white for none, and little to be told from none. */
export const SONG_COLOUR = {
  scale: { domain: [0, 4, 50, 100], range: ["#FFFFFF", ...SONG_SCALE], interpolate: "rgb" },
  legend: {
    title: "song (% of the time heard)",
    titleLimit: 400,
    orient: "top",
    direction: "horizontal",
    gradientThickness: 10,
    gradientLength: 180,
    gradientStrokeColor: COLOURS.text,
    gradientStrokeWidth: 0.5,
    values: [0, 25, 50, 75, 100],
  },
} as const;

/**
 * A number for a chart's data: rounded, and null where nothing is known, never 0.
 *
 * @param value The number; NaN, null or undefined where nothing is known.
 * @param digits Digits after the point, 4 by default.
 * @returns It, or null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.123456, NaN, null].map((value) => known(value)), [0.1235, null, null]);
 * ```
 */
export function known(value: unknown, digits = 4): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? Number(number.toFixed(digits)) : null;
}

/**
 * A date (UTC) among what hovering tells. Without a unit of UTC, Vega writes dates by the reader's
 * clock: west of Greenwich that is the day before.
 *
 * @param field The field with the date's start, epoch milliseconds.
 * @param title What it is called.
 * @returns A part of a Vega-Lite tooltip channel.
 */
export function dateTooltip(field: string, title: string): Record<string, string> {
  return { field, type: "temporal", timeUnit: "utcyearmonthdate", format: "%Y-%m-%d", title };
}

/**
 * Many rows as the data of a chart: one string of JSON, which notebooks do not spread over a line a
 * number. (CSV would be shorter, but Vega reads it by `eval`, which pages forbid.)
 *
 * @param rows The rows.
 * @returns Vega-Lite data.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(inlineRows([{ x: 1 }]), { values: '[{"x":1}]', format: { type: "json" } });
 * ```
 */
export function inlineRows(rows: readonly unknown[]): unknown {
  return { values: JSON.stringify(rows), format: { type: "json" } };
}

/**
 * The scale of an axis of proportions: from 0 to the highest shown, or to 1 where there is no song at
 * all, as 0 would else stand in the middle.
 *
 * @param rows What is shown.
 * @returns A Vega-Lite scale.
 */
export function shareScale(
  rows: readonly { proportion: number | null }[],
): Record<string, unknown> {
  return rows.some(({ proportion }) => proportion !== null && proportion > 0)
    ? { domainMin: 0, nice: true }
    : { domain: [0, 1] };
}

/**
 * An axis of dates (UTC) for charts of months and years.
 *
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param title What stands below it; null where another panel below has the labels.
 * @returns The parts of a Vega-Lite channel.
 */
export function timeAxis(
  startMs: number,
  stopMs: number,
  title: string | null,
): Record<string, unknown> {
  const days = (stopMs - startMs) / DAY_MS;
  const [format, tickCount] = days > 1200
    ? ["%Y", { interval: "year", step: 1 }]
    : days > 58
    ? ["%b %Y", { interval: "month", step: days > 400 ? 2 : 1 }]
    : ["%-d %b %Y", { interval: "day", step: days > 30 ? 7 : 1 }];
  const labels = title !== null;
  return {
    type: "temporal",
    scale: { type: "utc", nice: false },
    axis: { title, labels, ticks: labels, grid: false, format, tickCount, labelOverlap: true },
  };
}

/**
 * A layer without a visible mark that sets the ends of a scale of dates. They are data and no
 * domain, since Vega-Lite turns a domain of dates into an expression that Vega's interpreter, which
 * pages without `eval` need, reads as a year.
 *
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @returns A Vega-Lite layer.
 */
export function timeEnds(startMs: number, stopMs: number): unknown {
  return {
    data: { values: [{ end: startMs }, { end: stopMs }] },
    mark: { type: "point", opacity: 0 },
    encoding: { x: { field: "end", type: "temporal", scale: { type: "utc", nice: false } } },
  };
}
