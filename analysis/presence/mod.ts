/**
 * Sums effort and calling over minutes, hours, days and months, and over classes of time.
 *
 * @module
 */
export { CELL_SIZES, CellGrid, type CellSize, MIN_EFFORT } from "./cell_grid.ts";
export {
  completeCube,
  type DayCube,
  dayCube,
  heardMonths,
  hourCube,
  lightCube,
  monthRanges,
  sharedCube,
} from "./cubes.ts";
export { type ClassDays, daySums, isHeard, pairedDays, someDays } from "./paired_days.ts";
export {
  PRESENCE_HEADER,
  PresenceBuilder,
  type PresenceCell,
  presenceCells,
  type PresenceOptions,
  presenceRow,
} from "./presence_cells.ts";
export {
  type HourClock,
  hourOfClock,
  type IntervalColumns,
  intervalColumns,
  type Presence,
  type PresenceColumns,
  presenceColumns,
  tableOfColumns,
  type Unanswered,
} from "./presence_columns.ts";
export { presenceTable } from "./presence_table.ts";
export {
  sensitivity,
  type SensitivityOptions,
  type SensitivityRow,
  ThresholdCounters,
  thresholdsWith,
} from "./sensitivity.ts";
