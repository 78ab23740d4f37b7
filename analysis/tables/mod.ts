/**
 * Reads CSV, tabbed tables and labels that others write.
 *
 * @module
 */
export { parseAudacityLabels } from "./audacity_labels.ts";
export { columnKey, readTable, type Table, type TableRow } from "./read_table.ts";
export { parseSeconds, parseTime, rowFault } from "./table_values.ts";
