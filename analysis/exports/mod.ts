/**
 * Exports: calls and scores in the formats that colleagues open, and reading calls back.
 *
 * @module
 */
export type { CallAbout } from "./call_about.ts";
export { CALL_COLUMNS, type CallFields, callFields } from "./call_fields.ts";
export type { CallExporter } from "./call_exporter.ts";
export { CALL_FORMATS, type CallFormat } from "./call_formats.ts";
export { openCallExporters } from "./open_call_exporters.ts";
export { PRESENCE_FORMATS, type PresenceFormat } from "./presence_formats.ts";
export { callsTable } from "./calls_table.ts";
export { exportScores } from "./export_scores.ts";
export { type MappedPiece, type MappedRecording, RecordingMap } from "./recording_map.ts";
export { readCalls } from "./read/read_calls.ts";
export { nameOfUri } from "./located_call.ts";
export { checkPamscapes } from "./pamscapes/check_pamscapes.ts";
export { presenceToPamscapes } from "./pamscapes/presence_to_pamscapes.ts";
export { checkPars } from "./pars/check_pars.ts";
export { parseParsSettings, type ParsSettings } from "./pars/pars_settings.ts";
export { type ParsFiles, presenceToPars } from "./pars/presence_to_pars.ts";
export type { PresenceRow } from "./presence_row.ts";
export { AtomicFile, writeText } from "./whole_file.ts";
