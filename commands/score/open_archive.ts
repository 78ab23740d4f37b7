import {
  type Archive,
  isTemplate,
  ListedArchive,
  listRecordings,
  openRecording,
  type RecordingStartOptions,
  templateList,
} from "../../pipeline/recording/mod.ts";
import type { RemoteAccess } from "../../pipeline/remote/mod.ts";
import type { ChosenSource } from "./choose_source.ts";

/** What an archive is opened with. */
export interface OpenArchiveOptions {
  /** The range that is asked for, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  access: RemoteAccess;
  /** How names are turned into times. */
  clock: RecordingStartOptions;
}

/** Opens the archive of a template, or of a folder or prefix, which is listed. */
export async function openArchive(
  { source }: ChosenSource,
  { startMs, stopMs, access, clock }: OpenArchiveOptions,
): Promise<Archive> {
  const list = isTemplate(source)
    ? templateList(source, clock.timeZone)
    : await listRecordings(source, access, clock);
  const open = (place: string) => openRecording(place, access);
  return new ListedArchive(list, { startMs, stopMs, open });
}
