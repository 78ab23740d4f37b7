import type { RangeSource } from "./source.ts";

/**
 * The file's own name, for sentences that users read.
 *
 * @param source A source, or just its `uri`.
 * @returns The last part of the path, decoded: `a b.wav` for `file:///data/a%20b.wav`.
 */
export function sourceName(source: Pick<RangeSource, "uri">): string {
  const last = source.uri.slice(source.uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last) || source.uri;
  } catch {
    return last;
  }
}
