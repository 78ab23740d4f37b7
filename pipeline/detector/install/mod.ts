/**
 * Fetching the published detector's archive.
 *
 * @module
 */
export { downloadArchive } from "./download_archive.ts";
export type { DownloadOptions, DownloadProgress } from "./download_archive.ts";
export { PUBLISHED_HOMES } from "./published_homes.ts";
