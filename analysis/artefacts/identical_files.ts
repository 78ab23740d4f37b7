/** What is known of a recording, as manifests have it. */
export interface KnownFile {
  uri: string;
  sizeBytes: number;
  /** ETag; the modification time of a file on disk tells nothing here. */
  version: string;
  start: string;
}

/**
 * Recordings under different names that hold the same bytes, going by size and ETag: the same audio
 * twice is the same song twice.
 *
 * @param files The recordings that manifests name; the same one may come up many times.
 * @returns Groups of two or more, each in the order of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const file = { sizeBytes: 9, version: "e1", start: "2021-01-01T00:00:00Z" };
 * const groups = identicalFiles([{ ...file, uri: "s3://a" }, { ...file, uri: "s3://b" }]);
 * assert(groups.length === 1 && groups[0].length === 2);
 * ```
 */
export function identicalFiles<File extends KnownFile>(files: Iterable<File>): File[][] {
  const groups = new Map<string, Map<string, File>>();
  for (const file of files) {
    // Times of files on disk are ISO dates, and may well agree by chance.
    if (/^\d{4}-\d\d-\d\dT/.test(file.version) || file.version === "simulated") continue;
    const key = JSON.stringify([file.sizeBytes, file.version]);
    const group = groups.get(key) ?? new Map<string, File>();
    groups.set(key, group.set(file.uri, file));
  }
  return [...groups.values()]
    .filter((group) => group.size > 1)
    .map((group) => [...group.values()].sort((a, b) => a.start < b.start ? -1 : 1));
}
