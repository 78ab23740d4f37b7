import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { LIGHTS } from "../sun/mod.ts";
import { chartFrame, type ChartTexts, COLOURS, known, shareScale } from "./chart_frame.ts";

/** What the bars by light show. */
export interface LightChartData extends Omit<ChartTexts, "description"> {
  /** Classes of light, as `byLight` gives them. */
  light: ColumnTable;
}

/**
 * Song by night, dawn, day and dusk: the two figures that papers give under one name, side by side, so
 * that neither is taken for the other. The second is of days that have all classes, so that the season
 * does not pass for day and night.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function lightChart(data: LightChartData): TopLevelSpec {
  const rows = data.light.objects() as Record<string, unknown>[];
  const figure = (name: string, prefix: string) =>
    rows.map((row) => ({
      light: String(row.light),
      value: known(row[name]),
      low: known(row[`${prefix}_low`]),
      high: known(row[`${prefix}_high`]),
      trust: String(row[`${prefix}_trust`]),
      label: known(row[name]) === null ? "none" : `${(100 * Number(row[name])).toFixed(1)} %`,
    }));
  const share = figure("share_of_song", "share");
  const level = figure("same_days", "same_days");
  const told = (values: typeof share): string =>
    values.map(({ light, label }) => `${light} ${label}`).join(", ");
  const description =
    `Share of all song: ${told(share)}. Part of each class's time with song, on ` +
    `the same days: ${told(level)}.`;
  return chartFrame({ ...data, description }, [{
    hconcat: [
      bars(share, "share_of_song: of all song (%)"),
      bars(level, "same_days: of the class's time (%)"),
    ],
    spacing: 40,
  }]);
}

function bars(values: readonly { value: number | null }[], title: string): unknown {
  const x = {
    field: "light",
    type: "nominal",
    scale: { domain: LIGHTS },
    axis: { title: null, labelAngle: 0 },
  };
  const y = {
    type: "quantitative",
    scale: shareScale(values.map(({ value }) => ({ proportion: value }))),
    axis: { title, format: ".0%" },
  };
  return {
    width: 300,
    height: 200,
    // A frame would run through the label of the highest bar.
    view: { stroke: null },
    data: { values },
    layer: [
      {
        mark: { type: "bar", stroke: COLOURS.text, strokeWidth: 0.8 },
        encoding: {
          x,
          y: { field: "value", ...y },
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
            { field: "value", title, format: ".4f" },
            { field: "low", title: "low", format: ".4f" },
            { field: "high", title: "high", format: ".4f" },
            { field: "trust", title: "interval" },
          ],
        },
      },
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", color: "white", strokeWidth: 4 },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } },
      },
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", color: COLOURS.text, strokeWidth: 1.6 },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } },
      },
      {
        transform: [{ calculate: "max(datum.value || 0, datum.high || 0)", as: "top" }],
        mark: { type: "text", baseline: "bottom", dy: -4, fontSize: 11, color: COLOURS.text },
        encoding: { x, y: { field: "top", ...y }, text: { field: "label" } },
      },
    ],
  };
}
