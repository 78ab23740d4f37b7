/** A rectangle of a chart's plane, in any units; `x2 > x`, `y2 > y`. */
export interface ChartRect {
  x: number;
  x2: number;
  y: number;
  y2: number;
}

/** How large a pixel is, and how far apart lines are. */
export interface HatchScale {
  /** Units of x and y that a pixel is. */
  xPerPixel: number;
  yPerPixel: number;
  /** Pixels from line to line, measured along x. */
  spacing: number;
}

/**
 * Lines that hatch rectangles at 45°, as if one hatched sheet lay under all of them: Vega has no
 * patterns, and missing effort must show in grey print and on any screen.
 *
 * @param rects The rectangles.
 * @param scale How large a pixel is, and how far apart lines are.
 * @returns A line a row, from (`x`, `y`) up to (`x2`, `y2`), each within its rectangle.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const scale = { xPerPixel: 1, yPerPixel: 1, spacing: 4 };
 * const lines = hatch([{ x: 0, x2: 8, y: 0, y2: 8 }], scale);
 * assert.deepEqual(lines[1], { x: 0, x2: 8, y: 0, y2: 8 });
 * ```
 */
export function hatch(rects: readonly ChartRect[], scale: HatchScale): ChartRect[] {
  const { xPerPixel, yPerPixel, spacing } = scale;
  const slope = yPerPixel / xPerPixel;
  const step = spacing * xPerPixel;
  return rects.flatMap(({ x, x2, y, y2 }) => {
    // A line is where x − y / slope stays the same.
    const least = x - y2 / slope;
    const most = x2 - y / slope;
    const lines: ChartRect[] = [];
    for (let n = Math.floor(least / step) + 1; n * step < most; n++) {
      const from = Math.max(x, n * step + y / slope);
      const to = Math.min(x2, n * step + y2 / slope);
      if (to <= from) continue;
      lines.push({ x: from, x2: to, y: (from - n * step) * slope, y2: (to - n * step) * slope });
    }
    return lines;
  });
}
