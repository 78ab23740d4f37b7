/**
 * Writes and reads bouts and presence in the formats that colleagues open.
 *
 * @module
 */
export {
  type BoutAbout,
  type BoutExporter,
  type BoutFormat,
  CALL_FORMATS,
} from "./bout_exporter.ts";
export { type BoutFields, boutFields, CALL_COLUMNS } from "./bout_fields.ts";
export { boutsTable } from "./bouts_table.ts";
export { checkPars } from "./check_pars.ts";
export { exportScores } from "./export_scores.ts";
export { openBoutExporters } from "./open_bout_exporters.ts";
export {
  checkPamscapes,
  type PamscapesFiles,
  type PamscapesOptions,
  presenceToPamscapes,
} from "./pamscapes.ts";
export { parseParsSettings, type ParsSettings } from "./pars_settings.ts";
export { PRESENCE_FORMATS, type PresenceFormat, type PresenceRow } from "./presence_row.ts";
export { type ParsFiles, presenceToPars } from "./presence_to_pars.ts";
export { readBouts } from "./read_bouts.ts";
export { nameOfUri } from "./recording_files.ts";
export { type MappedPiece, type MappedRecording, RecordingMap } from "./recording_map.ts";
