import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { chartFrame, type ChartTexts, COLOURS, known, shareScale } from "./chart_frame.ts";
import { effortBars, INTERVAL_TOOLTIP, intervalLayers, trustWords } from "./interval_layers.ts";

const WIDTH = 620;

/** What the diel curve shows. */
export interface DielChartData extends Omit<ChartTexts, "description"> {
  /** Hours of the day, as `byHourOfDay` gives them. */
  hours: ColumnTable;
  /** Whose hours they are: `UTC`, `solar time`. */
  clock: string;
}

/**
 * The diel curve: the proportion of time with song in each hour of the day, with 95 % intervals,
 * and how much of each hour was heard.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function dielChart(data: DielChartData): TopLevelSpec {
  const rows = (data.hours.objects() as Record<string, unknown>[]).map((row) => ({
    hour: Number(row.hour),
    end: Number(row.hour) + 1,
    middle: Number(row.hour) + 0.5,
    proportion: known(row.proportion),
    low: known(row.low),
    high: known(row.high),
    trust: trustWords(row.trust),
    coverage: known(row.coverage),
  }));
  const scale = { domain: [0, 24], nice: false };
  const ticks = { values: [0, 3, 6, 9, 12, 15, 18, 21, 24], grid: false };
  const hour = {
    field: "middle",
    type: "quantitative",
    scale,
    axis: { title: null, labels: false, ticks: false, ...ticks },
  };
  const y = {
    type: "quantitative",
    scale: shareScale(rows),
    axis: { title: "share of time with song", format: ".0%" },
  };
  const tooltip = [{ field: "hour", title: "hour" }, ...INTERVAL_TOOLTIP];
  const known24 = rows.filter(({ proportion }) => proportion !== null);
  const [low, high] = [1, -1].map((sign) =>
    known24.toSorted((a, b) => sign * (a.proportion! - b.proportion!)).at(0)
  );
  const description = `The proportion of time with song by hour of the day (${data.clock})` +
    (high?.proportion === 0
      ? ": no song was found."
      : high && low
      ? `: highest at ${high.hour} h with ${(100 * high.proportion!).toFixed(1)} %, lowest at ` +
        `${low.hour} h with ${(100 * low.proportion!).toFixed(1)} %.`
      : ": nothing was heard.");
  const curve = {
    width: WIDTH,
    height: 200,
    data: { values: rows },
    layer: [
      {
        mark: {
          type: "line",
          color: COLOURS.song,
          strokeWidth: 1.2,
          invalid: "break-paths-show-path-domains",
        },
        encoding: { x: hour, y: { field: "proportion", ...y } },
      },
      ...intervalLayers(hour, y, tooltip, rows),
    ],
  };
  const x = {
    field: "hour",
    type: "quantitative",
    scale,
    axis: { title: `hour of the day (${data.clock})`, ...ticks },
  };
  return chartFrame({ ...data, description }, [
    curve,
    effortBars(rows, { x, x2: { field: "end" } }, WIDTH),
  ]);
}
