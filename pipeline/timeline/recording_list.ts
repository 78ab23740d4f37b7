import { mapLimited, MegapteraError, walkFiles } from "../../core/mod.ts";
import { openRecording, OtherFormats } from "../audio/mod.ts";
import {
  isOfSystem,
  isRecording,
  listFiles,
  placePattern,
  type RemoteAccess,
  sourceName,
  uriOf,
} from "../places/mod.ts";
import { type Recorders, recordersOfList } from "./recorders.ts";
import {
  type RecordingStart,
  recordingStart,
  type RecordingStartOptions,
  untimedFault,
  untimedNotes,
} from "./start_time.ts";

/** A recording that a list names, not opened yet. */
export interface ListedRecording extends RecordingStart {
  /** Where it is: a path, or a URI. */
  readonly place: string;
  /** When it ends at the latest, where the list knows. */
  readonly stopMs?: number;
}

/** Which recordings there are, or should be. */
export interface RecordingList {
  /** For messages: the template, prefix or folder. */
  readonly name: string;
  /** Sentences on what of the place is left out. */
  readonly notes: readonly string[];
  /** Which recorder a recording is of, where the list has those of several. */
  readonly recorders?: Recorders;
  /**
   * The recordings that start within a span; of those before it, the last one too, since it may
   * reach into it.
   *
   * @param startMs First instant, epoch milliseconds.
   * @param stopMs The instant after the last.
   * @returns In the order of their starts.
   */
  between(startMs: number, stopMs: number): ListedRecording[];
}

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

/**
 * Makes the list of recordings whose starts are known.
 *
 * @param name For messages: the folder or prefix.
 * @param recordings The recordings, in any order.
 * @param notes What else is to be said of the place.
 * @returns The list.
 */
export function namedList(
  name: string,
  recordings: readonly ListedRecording[],
  notes: readonly string[] = [],
): RecordingList {
  const sorted = recordings.toSorted((a, b) =>
    a.startMs - b.startMs || (a.place < b.place ? -1 : 1)
  );
  return {
    name,
    notes,
    recorders: recordersOfList(
      sorted.map(({ place, startMs }) => ({ uri: uriOf(place), startMs })),
    ),
    between: (startMs, stopMs) => {
      const first = sorted.findIndex((recording) => recording.startMs >= startMs);
      const from = Math.max(0, (first < 0 ? sorted.length : first) - 1);
      const rest = sorted.slice(from);
      const stop = rest.findIndex((recording) => recording.startMs >= stopMs);
      return stop < 0 ? rest : rest.slice(0, stop);
    },
  };
}

/** The recordings that paths stand for. */
export interface FoundRecordings {
  /** Paths of files; those of a folder in the order of their names. */
  readonly paths: string[];
  /** Sentences on what else lies in the folders and may be audio. */
  readonly notes: string[];
}

/**
 * Finds the recordings that paths stand for: files as they are, and all WAV and FLAC files in folders
 * and below, but hidden ones; those that a pattern with `*` matches.
 *
 * @param named Files, folders and patterns.
 * @returns The recordings.
 * @throws {MegapteraError} `data` where a folder holds no recording, or can't be read.
 */
export async function findRecordings(named: readonly string[]): Promise<FoundRecordings> {
  const paths: string[] = [];
  const notes: string[] = [];
  for (const path of named) {
    const info = await Deno.stat(path).catch(() => undefined);
    const pattern = info ? undefined : placePattern(path);
    if (!info?.isDirectory && !pattern) {
      paths.push(path);
      continue;
    }
    const others = new OtherFormats();
    const all = await filesIn(pattern?.base ?? path);
    const mine = pattern ? all.filter(pattern.matches) : all;
    const recordings = mine.filter(isRecording).sort();
    for (const file of mine) others.add(file);
    if (recordings.length === 0) throw noRecording(path, others.sentences());
    paths.push(...recordings);
    notes.push(...others.sentences());
  }
  return { paths, notes };
}

/**
 * Makes the fault of a place without a recording.
 *
 * @param place The folder, prefix or pattern.
 * @param notes What else lies there and may be audio.
 */
function noRecording(place: string, notes: readonly string[]): MegapteraError {
  const found = `holds no .wav or .flac file, nor do the folders below it`;
  return new MegapteraError(
    "data",
    [`Cannot find recordings in ${place} as it ${found}.`, ...notes].join(" "),
  );
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(walkFiles(folder, { isWanted: (name) => !isOfSystem(name) }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MegapteraError("denied", `Cannot look into ${folder}: ${reason}.`, { cause });
  }
}
