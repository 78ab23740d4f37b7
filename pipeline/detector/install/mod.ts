/**
 * Downloads the published detector, resumed and checked.
 *
 * @module
 */
export {
  downloadArchive,
  type DownloadOptions,
  type DownloadProgress,
  PUBLISHED_HOMES,
} from "./download_archive.ts";
