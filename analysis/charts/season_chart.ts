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
import { effortBars, INTERVAL_TOOLTIP, intervalLayers, trustWords } from "./interval_layers.ts";

/** Holds what `seasonChart` draws. */
export interface SeasonChartData extends Omit<ChartTexts, "description"> {
  /** Months, as `byMonth` gives them. */
  months: ColumnTable;
  /** Weeks, as `byWeek` gives them; a fine line without intervals. */
  weeks?: ColumnTable;
  /** Whether 95 % intervals are drawn; not unless said. */
  intervals?: boolean;
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
 * Draws the season: the share of time with song as a bar a month, and below how much of each month
 * was heard; on request 95 % intervals, and weeks as a fine line. A month without effort has no bar.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function seasonChart(data: SeasonChartData): TopLevelSpec {
  const { intervals = false } = data;
  const months = spanRows(data.months);
  const weeks = data.weeks ? spanRows(data.weeks) : [];
  const [fromMs, toMs] = [months[0].at, months[months.length - 1].stop];
  const time = timeAxis(fromMs, toMs, null);
  const middle = { field: "middle", ...time };
  const ends = intervals ? months.map(({ high }) => ({ proportion: high })) : [];
  const y = {
    type: "quantitative",
    scale: shareScale([...months, ...weeks, ...ends]),
    axis: { title: "share of time with song", format: ".0%" },
  };
  const tooltip = [
    dateTooltip("at", "from"),
    ...intervals ? INTERVAL_TOOLTIP : INTERVAL_TOOLTIP.filter(isOfNoInterval),
  ];
  const curve = {
    width: CHART_WIDTH,
    height: 220,
    data: { values: months },
    layer: [
      {
        transform: [{ filter: "isValid(datum.proportion)" }],
        mark: {
          type: "rect",
          color: intervals ? COLOURS.songTint : COLOURS.song,
          xOffset: 1,
          x2Offset: -1,
        },
        encoding: {
          x: { field: "at", ...time },
          x2: { field: "stop" },
          y: { field: "proportion", ...y },
          y2: { datum: 0 },
          tooltip,
        },
      },
      ...weeks.length > 0
        ? [{
          data: { values: weeks },
          mark: {
            type: "line",
            color: COLOURS.other,
            strokeWidth: 1.2,
            invalid: "break-paths-show-path-domains",
          },
          encoding: { x: middle, y: { field: "proportion", ...y } },
        }]
        : [],
      ...intervals ? intervalLayers(middle, y, tooltip, months) : [],
    ],
  };
  const heard = effortBars(
    months,
    { x: { field: "at", ...timeAxis(fromMs, toMs, "date (UTC)") }, x2: { field: "stop" } },
    CHART_WIDTH,
  );
  return {
    ...chartFrame({ ...data, description: describe(months, weeks.length > 0) }, [curve, heard]),
    resolve: { scale: { x: "shared" } },
  } as TopLevelSpec;
}

function isOfNoInterval(part: unknown): boolean {
  return !["low", "high", "trust"].includes((part as { field: string }).field);
}

function describe(months: readonly SpanRow[], hasWeeks: boolean): string {
  const peak = months.filter(({ proportion }) => proportion !== null)
    .toSorted((a, b) => b.proportion! - a.proportion!)[0];
  return `The share of time with song in ${months.length === 1 ? "one month" : "each month"}` +
    (peak?.proportion === 0
      ? ": no song was found."
      : peak
      ? `: highest in ${new Date(peak.at).toISOString().slice(0, 7)} with ` +
        `${(100 * peak.proportion!).toFixed(1)} %.`
      : ": none was heard.") +
    (hasWeeks ? " The grey line is weeks." : "") +
    " Grey bars below show how much of what was to be recorded was heard; a month not heard has no " +
    "bar above.";
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
      trust: trustWords(row.trust),
      coverage: known(row.coverage),
    };
  });
}
