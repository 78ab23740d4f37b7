import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { LIGHTS } from "../sun/mod.ts";
import { chartFrame, type ChartTexts, COLOURS, known, shareScale } from "./chart_frame.ts";
import { trustWords } from "./interval_layers.ts";

const WIDTH = 620;

/** What the bars by light show. */
export interface LightChartData extends Omit<ChartTexts, "description"> {
  /** Classes of light, as `byLight` gives them. */
  light: ColumnTable;
}

interface LightRow {
  light: string;
  value: number | null;
  low: number | null;
  high: number | null;
  trust: string;
  label: string;
}

/**
 * Draws song by night, dawn, day and dusk: the two figures that papers give under one name, one below
 * the other, so that neither is taken for the other. The second is of days that have all classes, so
 * that the season does not pass for day and night.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function lightChart(data: LightChartData): TopLevelSpec {
  const rows = data.light.objects() as Record<string, unknown>[];
  const figure = (name: string, prefix: string): LightRow[] =>
    rows.map((row) => ({
      light: String(row.light),
      value: known(row[name]),
      low: known(row[`${prefix}_low`]),
      high: known(row[`${prefix}_high`]),
      trust: trustWords(row[`${prefix}_trust`]),
      label: known(row[name]) === null ? "none" : `${(100 * Number(row[name])).toFixed(1)} %`,
    }));
  const share = figure("share_of_song", "share");
  const level = figure("same_days", "same_days");
  const told = (values: typeof share): string =>
    values.map(({ light, label }) => `${light} ${label}`).join(", ");
  const lines = [...share, ...level].some(({ low }) => low !== null)
    ? " Lines are 95 % intervals: how other such years may have been."
    : "";
  const description =
    `Of all song, the share in each class of light: ${
      told(share)
    }. Of the time of each class, the ` +
    `share with song, on the same days: ${told(level)}.${lines}`;
  return {
    ...chartFrame({ ...data, description }, [
      bars(share, "share of all song"),
      bars(level, "share of the class's time with song, on the same days"),
    ]),
    resolve: { scale: { x: "independent" } },
  } as TopLevelSpec;
}

function bars(values: readonly LightRow[], title: string): unknown {
  const y = {
    field: "light",
    type: "nominal",
    scale: { domain: LIGHTS },
    axis: { title: "light", ticks: false },
  };
  const ends = values.map(({ value, high }) => ({ proportion: high ?? value }));
  const x = {
    type: "quantitative",
    scale: shareScale(ends),
    axis: { title, format: ".0%", tickCount: 6, labelOverlap: true },
  };
  return {
    width: WIDTH,
    height: 110,
    data: { values },
    layer: [
      {
        mark: { type: "bar", stroke: COLOURS.text, strokeWidth: 0.8 },
        encoding: {
          y,
          x: { field: "value", ...x },
          color: {
            field: "light",
            scale: {
              domain: LIGHTS,
              range: [COLOURS.night, COLOURS.dawn, COLOURS.day, COLOURS.dusk],
            },
            legend: null,
          },
          tooltip: [
            { field: "light", title: "light" },
            { field: "value", title, format: ".1%" },
            { field: "low", title: "95 % interval from", format: ".1%" },
            { field: "high", title: "to", format: ".1%" },
            { field: "trust", title: "interval" },
          ],
        },
      },
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", color: "white", strokeWidth: 4 },
        encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
      },
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", color: COLOURS.text, strokeWidth: 1.6 },
        encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
      },
      {
        transform: [{ calculate: "max(datum.value || 0, datum.high || 0)", as: "top" }],
        mark: { type: "text", align: "left", dx: 5, fontSize: 11, color: COLOURS.text },
        encoding: { y, x: { field: "top", ...x }, text: { field: "label" } },
      },
    ],
  };
}
