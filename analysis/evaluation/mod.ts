/** How well scores agree with what is known. */
export { averagePrecision } from "./average_precision.ts";
