import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { DAY_MS } from "../../core/mod.ts";
import {
  CHART_WIDTH,
  chartFrame,
  type ChartTexts,
  COLOURS,
  dateTooltip,
  known,
  shareScale,
  timeAxis,
} from "./chart_frame.ts";
import { effortBars, INTERVAL_TOOLTIP, intervalLayers } from "./interval_layers.ts";

/** What the season curve shows. */
export interface SeasonChartData extends Omit<ChartTexts, "description"> {
  /** Months, as `byMonth` gives them. */
  months: ColumnTable;
  /** Weeks, as `byWeek` gives them; a fine line without intervals. */
  weeks?: ColumnTable;
}

interface SpanRow {
  at: number;
  stop: number;
  middle: number;
  proportion: number | null;
  low: number | null;
  high: number | null;
  trust: string;
  coverage: number | null;
}

/**
 * The season curve: the proportion of time with song by months, with 95 % intervals, weeks as a
 * fine line, and how much of each month was heard. Spans without effort break the line.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function seasonChart(data: SeasonChartData): TopLevelSpec {
  const months = spanRows(data.months);
  const weeks = data.weeks ? spanRows(data.weeks) : [];
  const [fromMs, toMs] = [months[0].at, months[months.length - 1].stop];
  const middle = { field: "middle", ...timeAxis(fromMs, toMs, null) };
  const y = {
    type: "quantitative",
    scale: shareScale([...months, ...weeks]),
    axis: { title: "proportion of time with song", format: ".0%" },
  };
  const tooltip = [
    dateTooltip("at", "from"),
    ...INTERVAL_TOOLTIP,
  ];
  const peak = months.filter(({ proportion }) => proportion !== null)
    .toSorted((a, b) => b.proportion! - a.proportion!)[0];
  const description = `The proportion of time with song by months, ${months.length} of them` +
    (peak?.proportion === 0
      ? ": no song was found."
      : peak
      ? `: highest in ${new Date(peak.at).toISOString().slice(0, 7)} with ` +
        `${(100 * peak.proportion!).toFixed(1)} %.`
      : ": none was heard.") +
    " Bars below show how much of each month was heard.";
  const curve = {
    width: CHART_WIDTH,
    height: 220,
    data: { values: months },
    layer: [
      ...weeks.length > 0
        ? [{
          data: { values: weeks },
          mark: {
            type: "line",
            color: COLOURS.other,
            strokeWidth: 1,
            invalid: "break-paths-show-path-domains",
          },
          encoding: { x: middle, y: { field: "proportion", ...y } },
        }]
        : [],
      ...intervalLayers(middle, y, tooltip),
    ],
  };
  const heard = effortBars(
    months,
    { x: { field: "at", ...timeAxis(fromMs, toMs, "date (UTC)") }, x2: { field: "stop" } },
    CHART_WIDTH,
  );
  return {
    ...chartFrame({ ...data, description }, [curve, heard]),
    resolve: { scale: { x: "shared" } },
  } as TopLevelSpec;
}

function spanRows(spans: ColumnTable): SpanRow[] {
  return (spans.objects() as Record<string, unknown>[]).map((row) => {
    const at = Number(row.start);
    const stop = at + Number(row.days) * DAY_MS;
    return {
      at,
      stop,
      middle: (at + stop) / 2,
      proportion: known(row.proportion),
      low: known(row.low),
      high: known(row.high),
      trust: String(row.trust),
      coverage: known(row.coverage),
    };
  });
}
