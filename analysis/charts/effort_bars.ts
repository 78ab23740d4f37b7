import { COLOURS } from "./colours.ts";

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
