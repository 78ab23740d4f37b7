import { DAY_MS } from "../../core/mod.ts";

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
    : days > 100
    ? ["%b %Y", { interval: "month", step: days > 400 ? 2 : 1 }]
    : ["%d %b", { interval: "day", step: days > 30 ? 7 : 1 }];
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
