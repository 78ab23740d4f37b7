/**
 * Presence: effort and calling in every minute, hour, day or month.
 *
 * @module
 */
export { CELL_SIZES, CellGrid, type CellSize } from "./cell_grid.ts";
export { PresenceBuilder } from "./presence_builder.ts";
export { PRESENCE_HEADER, type PresenceCell, presenceRow } from "./presence_cell.ts";
export { MIN_EFFORT } from "./min_effort.ts";
export { presenceCells, type PresenceOptions } from "./presence_cells.ts";
export { presenceTable } from "./presence_table.ts";
export { sensitivity, type SensitivityOptions } from "./sensitivity.ts";
export type { SensitivityRow } from "./threshold_counters.ts";
export { ThresholdCounters, thresholdsWith } from "./threshold_counters.ts";
