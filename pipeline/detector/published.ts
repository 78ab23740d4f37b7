import { MegapteraError } from "../../core/mod.ts";
import { DETECTOR_SAMPLE_RATE_HZ, WINDOW_SAMPLES } from "./front_end/mod.ts";
import type { NamedModel } from "./saved_model/mod.ts";

/** Name of the published detector. */
export const GOOGLE_MODEL = "google/humpback_whale/1";

/** Length of the published detector's window, in seconds: 3.9124. */
export const PUBLISHED_WINDOW_SECONDS: number = WINDOW_SAMPLES / DETECTOR_SAMPLE_RATE_HZ;

/**
 * Tells the sample rate of a detector whose manifests don't, as those of earlier releases: it is known
 * of the published detector's family, by the length of its window, which another network would have
 * by chance alone.
 *
 * @param windowSeconds Length of the detector's window, in seconds.
 * @returns The rate in Hz; nothing where it can't be told.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([3.9124, 2].map(familyRateHz), [10_000, undefined]);
 * ```
 */
export function familyRateHz(windowSeconds: number): number | undefined {
  return windowSeconds === PUBLISHED_WINDOW_SECONDS ? DETECTOR_SAMPLE_RATE_HZ : undefined;
}

/**
 * Names the species that a class of scores is of.
 *
 * @param className The class, as the detector calls it.
 * @returns `Humpback whale` for `Mn`, the class of the published detector, and for nothing, as the
 * earlier pipeline's scores name no class; else the class itself, which nobody has told us the species
 * of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["Mn", "orca"].map(speciesOf), ["Humpback whale", "orca"]);
 * ```
 */
export function speciesOf(className: string | undefined): string {
  return className === undefined || CLASSES.includes(className) ? "Humpback whale" : className;
}

/** Width of its stem; of each group the blocks, and the widths within a block and out of it. */
const WIDTHS = "64, 3 × 64/256, 4 × 128/512, 6 × 256/1024, 3 × 512/2048";
const CLASSES: readonly string[] = ["Mn"];

/**
 * SHA-256 of its released weights, as `weightsSha256` has them. None is known to this release, since
 * the archive could not be had where it was made.
 */
const RELEASED_WEIGHTS: readonly string[] = [];

/**
 * Holds a model's structure to that of google/humpback_whale/1: every width, and its class.
 *
 * @param model The model as read.
 * @param path Where it is from, for the fault's sentence.
 * @throws {MegapteraError} `data` where it is another network.
 */
export function checkPublished(model: NamedModel, path: string): void {
  const found = [
    model.stem.kernelShape[3],
    ...model.groups.map((blocks) => {
      const widths = blocks.map(({ main }) =>
        `${main[0].kernelShape[3]}/${main[2].kernelShape[3]}`
      );
      return `${blocks.length} × ${[...new Set(widths)].join("+")}`;
    }),
  ].join(", ");
  const refuse = (what: string): Error =>
    new MegapteraError(
      "data",
      `Cannot install ${path} as ${GOOGLE_MODEL} as its network is another: ${what}; score with it ` +
        "by `--model PATH` instead.",
    );
  if (found !== WIDTHS) {
    throw refuse(
      `the widths of its stem, and within and out of its blocks, are ${found}: not ${WIDTHS}`,
    );
  }
  if (model.classNames.join() !== CLASSES.join()) {
    throw refuse(`it is for ${model.classNames.join(", ")} instead of ${CLASSES.join(", ")}`);
  }
}

/**
 * Says what is known of weights that bear the published detector's name.
 *
 * @param weightsSha256 Their SHA-256, hex.
 * @returns What must go with every result; nothing where they are the publisher's own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(weightsNotice("0".repeat(64)) ?? "", /^structure verified, publisher's checksum/);
 * ```
 */
export function weightsNotice(weightsSha256: string): string | undefined {
  if (RELEASED_WEIGHTS.includes(weightsSha256)) return undefined;
  return "structure verified, publisher's checksum not known to this release";
}
