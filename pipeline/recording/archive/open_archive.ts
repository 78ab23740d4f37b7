import { MegapteraError } from "../../../core/mod.ts";
import type { RemoteAccess } from "../../places/mod.ts";
import { openRecording } from "../open_recording.ts";
import type { Recording } from "../recording.ts";
import type { RecordingNeeds } from "../recording_needs.ts";
import type { RecordingStartOptions } from "../recording_start.ts";
import type { Archive } from "./archive.ts";
import { listRecordings } from "./list_recordings.ts";
import { ListedArchive } from "./listed_archive.ts";
import { isTemplate, templateList } from "./template.ts";

/** What an archive is opened with. */
export interface OpenArchiveOptions extends RecordingNeeds {
  /** The range that is asked for, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** How places far away are asked. */
  access: RemoteAccess;
  /** How names are turned into times. */
  clock: RecordingStartOptions;
}

/**
 * Opens the archive of a template, or of a folder or prefix, which is listed.
 *
 * @param source The template, folder or prefix.
 * @param options The range, how it is read, and what recordings must have.
 * @returns The archive.
 * @throws {MegapteraError} `usage` where a template is wrong, `data` where there is no recording.
 */
export async function openArchive(
  source: string,
  { access, clock, ...options }: OpenArchiveOptions,
): Promise<Archive> {
  if (isTemplate(source) && clock.nameFormat !== undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --name-format with the template ${source}, as its fields tell how names are read: ` +
        "leave one out.",
    );
  }
  const list = isTemplate(source)
    ? templateList(source, clock.timeZone)
    : await listRecordings(source, access, clock);
  const open = (place: string): Promise<Recording> => openRecording(place, access);
  return new ListedArchive(list, { ...options, open });
}
