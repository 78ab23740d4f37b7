import { formatUtc } from "../../core/mod.ts";
import { type Detector, DetectorFault } from "../detector/mod.ts";

/** Below what is written (six decimals): a sum of 32-bit shares may pass 1 by as much. */
const ROUNDING = 1e-6;

/**
 * A score as it is kept: a network that gives anything else than 0 to 1 must not pass for one that
 * heard nothing.
 *
 * @param score What the network gave.
 * @param detector Whose network.
 * @param kind For which of its classes.
 * @param binMs For which second, epoch milliseconds.
 * @returns The score, 0 to 1.
 * @throws {DetectorFault} Where it is not a number from 0 to 1.
 */
export function checkScore(
  score: number,
  { name, classNames }: Pick<Detector, "name" | "classNames">,
  kind: number,
  binMs: number,
): number {
  if (score >= -ROUNDING && score <= 1 + ROUNDING) return Math.min(Math.max(score, 0), 1);
  throw new DetectorFault(
    `Cannot score ${
      formatUtc(binMs)
    } with ${name} as a score is a number from 0 to 1: its network ` +
      `gave ${score} for ${
        classNames[kind]
      }; mend the network, or say in its description that it ` +
      'gives "logit" where it does.',
  );
}
