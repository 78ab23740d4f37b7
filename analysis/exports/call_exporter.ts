import type { Call, CallOptions } from "../../pipeline/calls/mod.ts";
import type { Manifest } from "../../pipeline/scores/mod.ts";

/** Writes calls in one format, as they are found; nothing is in its place before `commit`. */
export interface CallExporter {
  /** Told each hour's manifest before the calls that it ends. */
  onManifest?(manifest: Manifest): void;
  /** Adds a call; they come in the order of time. */
  add(call: Call): Promise<void>;
  /**
   * Puts what was written in its place.
   *
   * @returns Paths of what is there now.
   */
  commit(about: CallAbout): Promise<string[]>;
  /** Lets go; what was not committed is removed. */
  close(): Promise<void>;
}

/** What calls were made with: it goes with every export that has room for it, and beside the rest. */
export interface CallAbout {
  /** Version of what made them. */
  megaptera: string;
  /** Folder of the scores. */
  scores: string;
  /** How scores became calls. */
  settings: Pick<CallOptions, "threshold" | "off" | "median" | "edges" | "gap" | "min">;
  /** The file that a calibration came from. */
  calibration?: string;
  /** What the settings and times are, in sentences. */
  notes: string[];
  /** Seconds that times lie after the names of the seconds that were scored. */
  centreShiftSeconds: number;
  /** Detectors and fingerprints of the scores. */
  detectors: string[];
  fingerprints: string[];
  /** Hours whose scores have no manifest. */
  hoursOfUnknownOrigin: number;
  /** Hours between the first and the last that nothing is known of. */
  holes: { start: string; stop: string }[];
  /** Seconds with a score. */
  effortSeconds: number;
}

/** Formats that calls are written in. */
export const CALL_FORMATS = ["csv", "raven", "audacity", "json", "parquet", "pamscapes"] as const;

/** One of them. */
export type CallFormat = typeof CALL_FORMATS[number];
