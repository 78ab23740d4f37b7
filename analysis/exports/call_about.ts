import type { CallOptions } from "../../pipeline/calls/mod.ts";

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
