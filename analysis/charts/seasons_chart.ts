import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { seasonName, seasonYear } from "../../core/mod.ts";
import { chartFrame, type ChartTexts, COLOURS, known, shareScale } from "./chart_frame.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const RANGE = [
  COLOURS.song,
  COLOURS.found,
  "#007A5A",
  COLOURS.night,
  "#B0568C",
  COLOURS.sun,
  COLOURS.day,
  COLOURS.text,
];
const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2]];

/** Holds what `seasonsChart` draws. */
export interface SeasonsChartData extends Omit<ChartTexts, "description"> {
  /** Months, as `byMonth` gives them. */
  months: ColumnTable;
  /** Month that a season begins with, 1 to 12. */
  firstMonth: number;
}

/**
 * Draws seasons over each other: the share of time with song by the month of the season, a line a
 * season. A month that was not heard has no point, and breaks its line.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function seasonsChart(data: SeasonsChartData): TopLevelSpec {
  const { months, firstMonth } = data;
  const order = Array.from({ length: 12 }, (_, i) => MONTHS[(firstMonth - 1 + i) % 12]);
  const rows = (months.objects() as Record<string, unknown>[]).map((row) => {
    const start = new Date(Number(row.start));
    return {
      season: seasonName(seasonYear(start.getTime(), firstMonth), firstMonth),
      month: MONTHS[start.getUTCMonth()],
      proportion: known(row.proportion),
      coverage: known(row.coverage),
    };
  });
  const seasons = [...new Set(rows.map(({ season }) => season))];
  const by = (range: readonly unknown[]) => ({
    field: "season",
    type: "nominal",
    scale: { domain: seasons, range: seasons.map((_, i) => range[i % range.length]) },
    legend: { title: "season", orient: "top", columns: 4, symbolSize: 90 },
  });
  const peaks = seasons.map((season) => {
    const peak = rows.filter((row) => row.season === season && row.proportion !== null)
      .toSorted((a, b) => b.proportion! - a.proportion!).at(0);
    return peak === undefined
      ? `${season} was not heard`
      : `${season} highest in ${peak.month} with ${(100 * peak.proportion!).toFixed(1)} %`;
  });
  const place = {
    x: { field: "month", type: "ordinal", scale: { domain: order }, axis: MONTH_AXIS },
    y: {
      field: "proportion",
      type: "quantitative",
      scale: shareScale(rows),
      axis: { title: "share of time with song", format: ".0%" },
    },
    color: by(RANGE),
  };
  return chartFrame({ ...data, description: `Seasons on one axis: ${peaks.join("; ")}.` }, [{
    width: 620,
    height: 240,
    data: { values: rows },
    layer: [
      {
        mark: { type: "line", strokeWidth: 1.6, invalid: "break-paths-show-path-domains" },
        encoding: { ...place, strokeDash: by(DASHES) },
      },
      {
        transform: [{ filter: "isValid(datum.proportion)" }],
        mark: { type: "point", filled: true, size: 60, opacity: 1 },
        encoding: {
          ...place,
          shape: by(SHAPES),
          tooltip: [
            { field: "season" },
            { field: "month" },
            { field: "proportion", title: "share of the time", format: ".1%" },
            { field: "coverage", title: "part heard", format: ".1%" },
          ],
        },
      },
    ],
  }]);
}

const MONTH_AXIS = { title: "month of the season (UTC)", labelAngle: 0, labelOverlap: true };
