/** Archives: recordings of any number of days, from a list of files or a template. */
export type { Archive } from "./archive.ts";
export { catalogueOfDay } from "./catalogue_of_day.ts";
export { filesArchive } from "./files_archive.ts";
export { listRecordings } from "./list_recordings.ts";
export { ListedArchive, type ListedArchiveOptions } from "./listed_archive.ts";
export { namedList } from "./named_list.ts";
export { openArchive, type OpenArchiveOptions } from "./open_archive.ts";
export type { ListedRecording, RecordingList } from "./recording_list.ts";
export { isTemplate, templateList } from "./template.ts";
