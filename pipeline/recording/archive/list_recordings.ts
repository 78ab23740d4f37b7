import { mapLimited, MegapteraError } from "../../../core/mod.ts";
import { isRecording, listFiles, type RemoteAccess, sourceName } from "../../places/mod.ts";
import { noRecording } from "../find_recordings.ts";
import { openRecording } from "../open_recording.ts";
import { OtherFormats } from "../other_formats.ts";
import { recordingStart, type RecordingStartOptions } from "../recording_start.ts";
import { untimedFault, untimedNotes } from "../untimed.ts";
import { namedList } from "./named_list.ts";
import type { ListedRecording, RecordingList } from "./recording_list.ts";

/** Files opened at the same time, where their names don't say when they start. */
const OPENED_AT_ONCE = 16;

/**
 * Lists the WAV and FLAC files of a folder, prefix or pattern with `*`, and tells their starts by their names. A file
 * whose name holds no time is opened, since an x.wav tells by its table.
 *
 * @param place A folder, `s3://bucket/prefix`, or an http address that can be listed.
 * @param access How places far away are asked.
 * @param clock How names are turned into times.
 * @returns The list.
 * @throws {MegapteraError} `data` where there is no recording, or of none it can be told when it starts:
 * one among others is left out, which the list's notes say.
 */
export async function listRecordings(
  place: string,
  access: RemoteAccess,
  clock: RecordingStartOptions = {},
): Promise<RecordingList> {
  const uris: string[] = [];
  const others = new OtherFormats();
  for await (const { uri } of listFiles(place, access)) {
    if (isRecording(uri)) uris.push(uri);
    else others.add(uri);
  }
  if (uris.length === 0) throw noRecording(place, others.sentences());
  const listed = await mapLimited(
    uris,
    OPENED_AT_ONCE,
    (uri) => startOf(uri, access, clock).catch(untimedFault),
  );
  const timed = listed.flatMap((one) => one instanceof MegapteraError ? [] : [one]);
  const untimed = listed.filter((one) => one instanceof MegapteraError);
  if (timed.length === 0) throw untimed[0];
  return namedList(place, timed, [...untimedNotes(untimed), ...others.sentences()]);
}

async function startOf(
  place: string,
  access: RemoteAccess,
  clock: RecordingStartOptions,
): Promise<ListedRecording> {
  try {
    return { place, ...recordingStart(sourceName({ uri: place }), clock) };
  } catch (error) {
    const recording = await openRecording(place, access).catch(() => undefined);
    recording?.close();
    const first = recording?.stretches?.[0];
    if (first === undefined) throw error;
    return { place, startMs: first.startMs, resolutionMs: first.resolutionMs };
  }
}
