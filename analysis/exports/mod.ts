/**
 * Writes and reads calls and presence in the formats that colleagues open.
 *
 * @module
 */
export {
  CALL_FORMATS,
  type CallAbout,
  type CallExporter,
  type CallFormat,
} from "./call_exporter.ts";
export { CALL_COLUMNS, type CallFields, callFields } from "./call_fields.ts";
export { callsTable } from "./calls_table.ts";
export { checkPars } from "./check_pars.ts";
export { exportScores } from "./export_scores.ts";
export { openCallExporters } from "./open_call_exporters.ts";
export {
  checkPamscapes,
  type PamscapesFiles,
  type PamscapesOptions,
  presenceToPamscapes,
} from "./pamscapes.ts";
export { parseParsSettings, type ParsSettings } from "./pars_settings.ts";
export { PRESENCE_FORMATS, type PresenceFormat, type PresenceRow } from "./presence_row.ts";
export { type ParsFiles, presenceToPars } from "./presence_to_pars.ts";
export { readCalls } from "./read_calls.ts";
export { nameOfUri } from "./recording_files.ts";
export { type MappedPiece, type MappedRecording, RecordingMap } from "./recording_map.ts";
