import type { TopLevelSpec } from "vega-lite";
import { COLOURS } from "./colours.ts";

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
