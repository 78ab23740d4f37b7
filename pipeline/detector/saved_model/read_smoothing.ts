import { MEL_BANDS } from "../front_end/mod.ts";
import { unreadableModel } from "./unreadable_model.ts";

/** Far more than float32 rounds off, far less than could change a score. */
const TOLERANCE = 1e-6;

/**
 * Reads how much PCEN smooths. Its smoother is stored as a recurrent layer,
 * `m[t] = x[t]·K + m[t−1]·R`, whose matrices must be `K = s·I` and `R = (1 − s)·I`.
 *
 * @param kernel K, `[64, 64]`.
 * @param recurrentKernel R, `[64, 64]`.
 * @param path The model's folder, for the fault's sentence.
 * @returns `s`, the weight of the newest frame, 0 < s < 1.
 * @throws {MegapteraError} `data` where the matrices are others.
 */
export function readSmoothing(
  kernel: Float32Array,
  recurrentKernel: Float32Array,
  path: string,
): number {
  const s = kernel[0];
  if (!(s > 0 && s < 1)) {
    throw unreadableModel(path, `PCEN's smoothing is not between 0 and 1: ${s} was found`);
  }
  const matrices = [
    { name: "kernel", values: kernel, diagonal: s },
    { name: "recurrent_kernel", values: recurrentKernel, diagonal: 1 - s },
  ];
  for (const { name, values, diagonal } of matrices) {
    for (let i = 0; i < values.length; i++) {
      const [row, column] = [Math.floor(i / MEL_BANDS), i % MEL_BANDS];
      const expected = row === column ? diagonal : 0;
      if (!(Math.abs(values[i] - expected) <= TOLERANCE)) {
        throw unreadableModel(
          path,
          `PCEN's ${name} does not smooth each band alone by ${s}: ` +
            `${values[i]} at row ${row} and column ${column} should be ${expected}`,
        );
      }
    }
  }
  return s;
}
