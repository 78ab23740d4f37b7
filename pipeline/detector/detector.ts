import { MegapteraError } from "../../core/mod.ts";
import type { Engine } from "./engine/mod.ts";
import type { FrontEnd } from "./front_end/mod.ts";
import type { Recipe } from "./recipes.ts";

/**
 * Usual rules by which a detector's scores become bouts; what is left out is as for all detectors.
 */
export interface BoutConvention {
  /** Window of the median filter, seconds, odd. */
  readonly medianSeconds?: number | undefined;
  /** Positive seconds are joined over gaps up to this. */
  readonly gapSeconds?: number | undefined;
  /** Shorter bouts are dropped. */
  readonly minSeconds?: number | undefined;
}

/** A detector that is loaded: what it is, and what scores with it. */
export interface Detector {
  /** Name, for example `google/humpback_whale/1`. */
  readonly name: string;
  /** A sentence that goes with every result; a demo detector says here that it is one. */
  readonly notice?: string;
  /** Rate of the audio that it takes, in Hz: a whole number. */
  readonly sampleRateHz: number;
  /** Length of the audio that one score hears, in seconds. */
  readonly windowSeconds: number;
  /** Time from one score to the next, in seconds. */
  readonly hopSeconds: number;
  /** Names of the classes that scores are of: one score tree a class. */
  readonly classNames: readonly string[];
  /** SHA-256 of its weights, hex; the same however they are stored. */
  readonly weightsSha256: string;
  /**
   * Revision of what decides a score beside the weights and the recipe, as it goes into the
   * fingerprint: the front end's revision, or all that the description of somebody else's network
   * says.
   */
  readonly revision: number | string;
  /** Usual rules by which its scores become bouts. */
  readonly calls?: BoutConvention;
  /** The recipes that it can be run by. */
  readonly recipes: readonly Recipe["name"][];
  /** Turns audio at its rate into what its network takes. */
  readonly frontEnd: FrontEnd;
  /** Engine that runs its network. */
  readonly engine: Engine;
}

/**
 * Reports a fault of a detector's own, which every hour would meet again: unlike bad audio it ends
 * a range. Its kind is `data`.
 */
export class DetectorFault extends MegapteraError {
  /**
   * @param message One sentence for the user.
   * @param options `cause`: the error underneath.
   */
  constructor(message: string, options?: ErrorOptions) {
    super("data", message, options);
    this.name = "DetectorFault";
  }
}

/** Options of loading a detector. */
export interface LoadOptions {
  /**
   * `demo`, `google`, the path of a SavedModel's folder or archive, or of somebody else's `.onnx`
   * file with its description beside it (docs/detector.md).
   */
  model: string;
  /** Threads that the network runs on, ≥ 1; the portable engine has one. */
  threads: number;
  /**
   * Engine that runs the network; the native one by default, or the portable one where that can't
   * start.
   */
  engine?: EngineName;
  /** Folder in which `model install` keeps detectors. */
  modelsFolder: string;
}

/** The engines: `onnx` is native code, `tfjs` portable; `auto` takes the first that starts. */
export type EngineName = "auto" | "onnx" | "tfjs";
