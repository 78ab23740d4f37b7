import { uriOf } from "../../places/mod.ts";
import { recordersOfList } from "../recorders.ts";
import type { ListedRecording, RecordingList } from "./recording_list.ts";

/**
 * The list of recordings whose starts are known.
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
