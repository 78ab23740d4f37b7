import { COLOURS } from "./chart_frame.ts";

/** Height of a panel of effort, pixels: its title needs them. */
export const EFFORT_HEIGHT = 52;

/** Tells grades of trust in an interval: their name in tables, in words, and the shape that marks them. */
const TRUSTS = [
  { trust: "sound", words: "reliable", shape: "circle" },
  { trust: "approximate", words: "approximate", shape: "square" },
  { trust: "descriptive", words: "none: too little for one", shape: "cross" },
];

/** Says in a word how far an interval can be relied on, by what tables have for it. */
export function trustWords(trust: unknown): string {
  return TRUSTS.find((one) => one.trust === trust)?.words ?? String(trust);
}

/**
 * Proportions with 95 % intervals, as layers: a rule from `low` to `high`, and a point whose shape
 * says how far the interval can be trusted. Rows without effort have no point.
 *
 * @param x The horizontal channel; it names a field.
 * @param y What the vertical axis is; the same scale for all layers.
 * @param tooltip What is shown on hovering.
 * @param rows What is shown: the legend has no more than it holds.
 * @returns Vega-Lite layers over rows with `proportion`, `low`, `high`, `trust` (in words).
 */
export function intervalLayers(
  x: Record<string, unknown>,
  y: Record<string, unknown>,
  tooltip: readonly unknown[],
  rows: readonly { trust: string; proportion: number | null }[],
): unknown[] {
  const present = TRUSTS.filter(({ words }) =>
    rows.some(({ trust, proportion }) => proportion !== null && trust === words)
  );
  return [
    {
      transform: [{ filter: "isValid(datum.low)" }],
      mark: { type: "rule", color: COLOURS.text, strokeWidth: 1.5 },
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
          scale: {
            domain: present.map(({ words }) => words),
            range: present.map(({ shape }) => shape),
          },
          legend: { title: "95 % interval", orient: "top", symbolFillColor: COLOURS.song },
        },
        tooltip,
      },
    },
  ];
}

/** What hovering over a proportion tells, beside where it is. */
export const INTERVAL_TOOLTIP: readonly unknown[] = [
  { field: "proportion", title: "share of the time", format: ".1%" },
  { field: "low", title: "95 % interval from", format: ".1%" },
  { field: "high", title: "to", format: ".1%" },
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
    height: EFFORT_HEIGHT,
    data: { values },
    mark: { type: "rect", color: COLOURS.effort, stroke: "white", strokeWidth: 0.5 },
    encoding: {
      ...x,
      y: {
        field: "coverage",
        type: "quantitative",
        scale: { domain: [0, 1] },
        axis: { title: "heard", values: [0, 1], format: ".0%" },
      },
      y2: { datum: 0 },
      tooltip: [{ field: "coverage", title: "part heard", format: ".1%" }],
    },
  };
}
