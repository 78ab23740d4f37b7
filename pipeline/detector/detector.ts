import type { Engine } from "./engine/mod.ts";
import type { PcenParameters } from "./front_end/mod.ts";

/** A detector that is loaded: what it is, and what scores with it. */
export interface Detector {
  /** Its name, for example `google/humpback_whale/1`. */
  readonly name: string;
  /** A sentence that goes with every result; a demo detector says here that it is one. */
  readonly notice?: string;
  /** Rate of the audio that it takes, in Hz. */
  readonly sampleRateHz: number;
  /** Length of the audio that one score hears, in seconds. */
  readonly windowSeconds: number;
  /** Time from one score to the next, in seconds. */
  readonly hopSeconds: number;
  /** What each score is of. */
  readonly classNames: readonly string[];
  /** SHA-256 of its weights, hex; the same however they are stored. */
  readonly weightsSha256: string;
  /** The front end's learned constants. */
  readonly pcen: PcenParameters;
  /** What runs its network. */
  readonly engine: Engine;
}
