import type { TopLevelSpec } from "vega-lite";
import { chartFrame, type ChartTexts, COLOURS } from "./chart_frame.ts";

/** What the histogram of scores shows. */
export interface HistogramChartData extends Omit<ChartTexts, "description"> {
  /** Seconds in each of the equal bins from score 0 to 1; the last holds 1 too. */
  counts: ArrayLike<number>;
  /** The threshold used. */
  threshold: number;
}

/**
 * Draws how many seconds have which score, on a logarithmic axis, with the threshold used. Scores are no
 * probabilities: a valley is no proof that the threshold is right.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function histogramChart(data: HistogramChartData): TopLevelSpec {
  const { counts, threshold } = data;
  const bins = Array.from({ length: counts.length }, (_, i) => ({
    from: Number((i / counts.length).toFixed(6)),
    to: Number(((i + 1) / counts.length).toFixed(6)),
    seconds: counts[i],
  }));
  const total = bins.reduce((sum, { seconds }) => sum + seconds, 0);
  const above = bins.filter(({ from }) => from >= threshold)
    .reduce((sum, { seconds }) => sum + seconds, 0);
  const x = {
    field: "from",
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title: "score", grid: false },
  };
  // Bins may not part where the threshold lies, hence about.
  const description = `Seconds by score, ${total} in all, on a logarithmic axis; about ` +
    `${total > 0 ? (100 * above / total).toFixed(1) : 0} % lie above the threshold ${threshold}.`;
  return chartFrame({ ...data, description }, [{
    width: 620,
    height: 200,
    layer: [
      {
        data: { values: bins.filter(({ seconds }) => seconds > 0) },
        transform: [{ calculate: "0.5", as: "floor" }],
        mark: { type: "bar", color: COLOURS.song, stroke: "white", strokeWidth: 0.5 },
        encoding: {
          x,
          x2: { field: "to" },
          y: {
            field: "seconds",
            type: "quantitative",
            scale: { type: "log", domainMin: 0.5 },
            axis: { title: "seconds (log scale)", format: "~s", tickCount: 6, labelOverlap: true },
          },
          y2: { field: "floor" },
          tooltip: [
            { field: "from", title: "score from" },
            { field: "to", title: "to" },
            { field: "seconds", title: "seconds" },
          ],
        },
      },
      {
        data: { values: [{ at: threshold, label: `threshold ${threshold}` }] },
        layer: [
          {
            mark: { type: "rule", color: COLOURS.found, strokeDash: [5, 3], strokeWidth: 1.6 },
            encoding: { x: { field: "at", type: "quantitative" } },
          },
          {
            mark: { type: "text", y: -8, color: COLOURS.text },
            encoding: { x: { field: "at", type: "quantitative" }, text: { field: "label" } },
          },
        ],
      },
    ],
  }]);
}
