/** A place that names some of the files below it, such as `audio/6871.*.wav`. */
export interface PlacePattern {
  /** The folder or prefix that all of them lie below. */
  readonly base: string;
  /** Tells by a file's path or URI whether it is one of them. */
  readonly matches: (place: string) => boolean;
}

/**
 * Reads a place with `*` in it, any characters but `/`, or with `?`, one of them; in an http address `?`
 * is no such sign. A name alone is looked for in its folder and all below it.
 *
 * @param place A path, `s3://bucket/prefix` or an http address.
 * @returns The pattern; nothing where there is no such sign in the place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { placePattern } from "./place_pattern.ts";
 * const { base, matches } = placePattern("s3://bucket/sea/6871.*.wav")!;
 * assert.equal(base, "s3://bucket/sea/");
 * assert.ok(matches("s3://bucket/sea/2021/6871.210101000000.wav"));
 * assert.ok(!matches("s3://bucket/sea/2021/6872.210101000000.wav"));
 * ```
 */
export function placePattern(place: string): PlacePattern | undefined {
  const sign = /^https?:/i.test(place) ? /(\*)/ : /([*?])/;
  const first = place.search(sign);
  if (first < 0) return undefined;
  const cut = place.lastIndexOf("/", first) + 1;
  // Split by what it takes in, every second part is a sign.
  const parts = place.slice(cut).split(sign).map((part, i) =>
    i % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : part === "*" ? "[^/]*" : "[^/]"
  );
  const expression = new RegExp(`(?:^|/)${parts.join("")}$`);
  return {
    base: place.slice(0, cut) || ".",
    matches: (other) => expression.test(decoded(other.replaceAll("\\", "/"))),
  };
}

/** Writes a path as people do: listings give addresses, in which some characters are coded. */
function decoded(place: string): string {
  if (!/^(?:file|https?):/i.test(place)) return place;
  try {
    return decodeURIComponent(place);
  } catch {
    return place;
  }
}
