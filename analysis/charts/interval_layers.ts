import { COLOURS } from "./chart_frame.ts";

/** How far an interval can be trusted, and the shape that says so without colour. */
const TRUSTS = ["sound", "approximate", "descriptive"];
const SHAPES = ["circle", "square", "cross"];

/**
 * Proportions with 95 % intervals, as layers: a rule from `low` to `high`, and a point whose shape
 * says how far the interval can be trusted. Rows without effort have no point.
 *
 * @param x The horizontal channel; it names a field.
 * @param y What the vertical axis is; the same scale for all layers.
 * @param tooltip What is shown on hovering.
 * @returns Vega-Lite layers over rows with `proportion`, `low`, `high`, `trust`.
 */
export function intervalLayers(
  x: Record<string, unknown>,
  y: Record<string, unknown>,
  tooltip: readonly unknown[],
): unknown[] {
  return [
    {
      transform: [{ filter: "datum.trust !== 'descriptive' && isValid(datum.low)" }],
      mark: { type: "rule", color: COLOURS.song, strokeWidth: 1.5 },
      encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } },
    },
    {
      transform: [{ filter: "isValid(datum.proportion)" }],
      mark: { type: "point", filled: true, size: 70, color: COLOURS.song, opacity: 1 },
      encoding: {
        x,
        y: { field: "proportion", ...y },
        shape: {
          field: "trust",
          scale: { domain: TRUSTS, range: SHAPES },
          legend: { title: "95 % interval", orient: "top", symbolFillColor: COLOURS.song },
        },
        tooltip,
      },
    },
  ];
}

/** What hovering over a proportion tells, beside where it is. */
export const INTERVAL_TOOLTIP: readonly unknown[] = [
  { field: "proportion", title: "proportion of time", format: ".4f" },
  { field: "low", title: "low", format: ".4f" },
  { field: "high", title: "high", format: ".4f" },
  { field: "trust", title: "interval" },
  { field: "coverage", title: "part heard", format: ".1%" },
];

/**
 * The panel below a curve that says how much was listened to.
 *
 * @param values Rows with `coverage`, 0 to 1, and the fields that `x` names.
 * @param x The horizontal channels: `x`, `x2`: where a bar begins and ends.
 * @param width Pixels.
 * @returns A Vega-Lite view.
 */
export function effortBars(
  values: readonly unknown[],
  x: { x: unknown; x2: unknown },
  width: number,
): unknown {
  return {
    width,
    height: 40,
    data: { values },
    mark: { type: "rect", color: COLOURS.effort, stroke: "white", strokeWidth: 0.5 },
    encoding: {
      ...x,
      y: {
        field: "coverage",
        type: "quantitative",
        scale: { domain: [0, 1] },
        axis: { title: "heard", values: [0, 1], format: ".0%", titleAngle: 0, titleAlign: "right" },
      },
      y2: { datum: 0 },
      tooltip: [{ field: "coverage", title: "part heard", format: ".1%" }],
    },
  };
}
