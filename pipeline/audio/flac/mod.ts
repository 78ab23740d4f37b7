/**
 * Reads FLAC files from any sample on, and salvages what damage leaves.
 *
 * @module
 */
export { openFlac } from "./open_flac.ts";
