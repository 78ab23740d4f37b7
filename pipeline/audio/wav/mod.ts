/**
 * Reads WAV files, RF64, AIFF's relatives and what recorders write into their headers.
 *
 * @module
 */
export { openWav } from "./open_wav.ts";
