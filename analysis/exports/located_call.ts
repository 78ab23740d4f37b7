import { basename } from "node:path";
import { formatUtc, MegapteraError, pathOfFileUrl } from "../../core/mod.ts";
import type { Call } from "../../pipeline/calls/mod.ts";
import type { MappedPiece, RecordingMap } from "./recording_map.ts";

/**
 * Where a call lies in the recordings.
 *
 * @param call The call.
 * @param map The recordings of the manifests so far.
 * @param what Names the format in the error.
 * @returns Its pieces, one for each recording.
 * @throws {MegapteraError} `data` where no manifest says which recording it lies in.
 */
export function locateCall(call: Call, map: RecordingMap, what: string): MappedPiece[] {
  const pieces = map.locate(call.startMs, call.stopMs);
  if (pieces) return pieces;
  throw new MegapteraError(
    "data",
    `Cannot write the call from ${formatUtc(call.startMs)} to ${formatUtc(call.stopMs)} as ` +
      `${what}, which needs its place in a recording, as no manifest says which recording it lies ` +
      "in: score it with this project, or write csv, json or parquet.",
  );
}

/** Path of a recording as other programs want it; what is not on disk, or no path, keeps its address. */
export function pathOfUri(uri: string): string {
  try {
    return uri.startsWith("file:") ? pathOfFileUrl(uri) : uri;
  } catch {
    return uri;
  }
}

/** Name of a recording without its folders. */
export function nameOfUri(uri: string): string {
  return basename(pathOfUri(uri));
}
