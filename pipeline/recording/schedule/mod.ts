/**
 * When a recorder was to record: duty cycles, found or said, and what is missing of them.
 *
 * @module
 */
export type { DutyCycle, TimeSpan } from "./duty_cycle.ts";
export { type IrregularGap, type SaidSchedule, Schedule } from "./schedule.ts";
