import { createHash } from "node:crypto";

/** Parts of the fingerprint: all that decides a score, given the audio. */
export interface FingerprintParts {
  /** SHA-256 of the weights, hex. */
  weightsSha256: string;
  /** Revision of whatever else of the detector decides it. */
  revision: number | string;
  /** Name of the recipe. */
  recipe: string;
  /** Factor of `--gain`, which the audio is multiplied by. */
  gain: number;
  /** Channel that was read, from 0. */
  channel: number;
}

/**
 * Names what decides a score: weights, recipe, gain, channel, the detector's revision (its front
 * end's, or what its description says) and the numerics. Not threads, engine, batch size, machine or release, which must not.
 *
 * @param parts What decides it.
 * @returns 64 hex digits.
 */
export function fingerprint(parts: FingerprintParts): string {
  const { weightsSha256, revision, recipe, gain, channel } = parts;
  const text = JSON.stringify({
    weightsSha256,
    recipe,
    gain,
    channel,
    frontEnd: revision,
    numerics: "fp32",
  });
  return createHash("sha256").update(text).digest("hex");
}
