import { createHash } from "node:crypto";
import { MegapteraError } from "../../core/mod.ts";
import type { Detector } from "./detector.ts";
import type { Recipe } from "./recipes.ts";

/** The way from audio to scores: all that decides them, given the audio. */
export interface Method {
  readonly detector: Detector;
  readonly recipe: Recipe;
  /** Factor that the audio is multiplied by (`--gain`). */
  readonly gain: number;
  /** Channel of the recordings that is read, from 0. */
  readonly channel: number;
  /** Names all of the above, 64 hex digits: only scores of one fingerprint lie in one place. */
  readonly fingerprint: string;
}

/**
 * Makes a method of its parts.
 *
 * @param parts The detector, the recipe, the gain and the channel.
 * @returns The method, with its fingerprint.
 * @throws {MegapteraError} `usage` where the recipe is none of the detector's.
 */
export function makeMethod(parts: Omit<Method, "fingerprint">): Method {
  const { detector, recipe, gain, channel } = parts;
  checkRecipe(detector, recipe);
  const { weightsSha256, revision } = detector;
  return {
    ...parts,
    fingerprint: fingerprint({ weightsSha256, revision, recipe: recipe.name, gain, channel }),
  };
}

/**
 * Refuses a recipe that a detector can't be run by: the published ways of running the humpback
 * detector are that network's own.
 *
 * @param detector The detector.
 * @param recipe The recipe that was asked for.
 * @throws {MegapteraError} `usage` where it is none of the detector's.
 */
export function checkRecipe(
  { name, recipes }: Pick<Detector, "name" | "recipes">,
  recipe: Pick<Recipe, "name">,
): void {
  if (recipes.includes(recipe.name)) return;
  throw new MegapteraError(
    "usage",
    `Cannot run ${name} by the recipe ${recipe.name} as that is a published way of running the ` +
      `humpback detector: choose --recipe ${recipes.join(" or ")}.`,
  );
}

/** The parts of a method that decide a score, by what names them. */
export interface FingerprintParts {
  /** SHA-256 of the weights, hex. */
  weightsSha256: string;
  /** Revision of the detector's front end, or of its description. */
  revision: number | string;
  /** Name of the recipe. */
  recipe: string;
  /** Factor that the audio is multiplied by. */
  gain: number;
  /** Channel that is read, from 0. */
  channel: number;
}

/**
 * Names what decides a score: weights, recipe, gain, channel, the detector's revision and the
 * numerics. Threads, engine, batch size, machine and release have no part in it, as they must not
 * change a score.
 *
 * @param parts What decides it.
 * @returns 64 hex digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const parts = { weightsSha256: "00", revision: 1, recipe: "exact", gain: 1, channel: 0 };
 * assert.notEqual(fingerprint(parts), fingerprint({ ...parts, gain: 2 }));
 * ```
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
