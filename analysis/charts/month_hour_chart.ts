import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import {
  CHART_WIDTH,
  chartFrame,
  type ChartTexts,
  COLOURS,
  dateTooltip,
  inlineRows,
  known,
  SONG_COLOUR,
  timeAxis,
} from "./chart_frame.ts";

/** Holds what `monthHourChart` draws. */
export interface MonthHourChartData extends Omit<ChartTexts, "description"> {
  /** Months by hours, as `monthByHour` gives them. */
  months: ColumnTable;
  /** Whose hours they are: `UTC`, `solar time`, a time zone. */
  clock: string;
}

/**
 * Draws the share of time with song by months and hours of the day.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function monthHourChart(data: MonthHourChartData): TopLevelSpec {
  const rows = (data.months.objects({ limit: Infinity }) as Record<string, unknown>[])
    .map((row) => {
      const start = new Date(Number(row.start));
      const share = known(row.proportion);
      return {
        at: start.getTime(),
        stop: Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1),
        hour: Number(row.hour),
        end: Number(row.hour) + 1,
        song: share === null ? null : known(100 * share, 2),
      };
    });
  const heard = rows.filter(({ song }) => song !== null);
  const most = heard.toSorted((a, b) => b.song! - a.song!).at(0);
  const description = `The share of time with song by months and hours of the day (${data.clock})` +
    (most === undefined
      ? ": nothing was heard."
      : most.song === 0
      ? ": no song was found."
      : `: highest in ${new Date(most.at).toISOString().slice(0, 7)} from ${most.hour} to ` +
        `${most.end} h with ${most.song!.toFixed(1)} %.`) +
    (heard.length < rows.length ? " Grey was not heard." : "");
  return chartFrame({ ...data, description }, [{
    width: CHART_WIDTH,
    height: 240,
    view: { fill: COLOURS.unheard },
    data: inlineRows(heard),
    mark: { type: "rect" },
    encoding: {
      x: { field: "at", ...timeAxis(rows[0].at, rows[rows.length - 1].stop, "month (UTC)") },
      x2: { field: "stop" },
      y: {
        field: "hour",
        type: "quantitative",
        scale: { domain: [0, 24], nice: false },
        axis: {
          title: `hour of the day (${data.clock})`,
          grid: false,
          values: [0, 3, 6, 9, 12, 15, 18, 21, 24],
        },
      },
      y2: { field: "end" },
      color: { field: "song", type: "quantitative", ...SONG_COLOUR },
      tooltip: [
        dateTooltip("at", "month from"),
        { field: "hour", title: "hour" },
        { field: "song", title: "song (% of the time)" },
      ],
    },
  }]);
}
