import type { Bout, BoutOptions } from "../../pipeline/bouts/mod.ts";
import type { Manifest } from "../../pipeline/scores/mod.ts";

/** Writes bouts in one format, as they are found; nothing is in its place before `commit`. */
export interface BoutExporter {
  /** Told each hour's manifest before the bouts that it ends. */
  onManifest?(manifest: Manifest): void;
  /** Adds a bout; they come in the order of time. */
  add(bout: Bout): Promise<void>;
  /**
   * Puts what was written in its place.
   *
   * @returns Paths of what is there now.
   */
  commit(about: BoutAbout): Promise<string[]>;
  /** Lets go; what was not committed is removed. */
  close(): Promise<void>;
}

/** What bouts were made with: it goes with every export that has room for it, and beside the rest. */
export interface BoutAbout {
  /** Version of what made them. */
  megaptera: string;
  /** Folder of the scores. */
  scores: string;
  /** How scores became bouts. */
  settings: Pick<BoutOptions, "threshold" | "off" | "median" | "edges" | "gap" | "min">;
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

/** Formats that bouts are written in. */
export const CALL_FORMATS = ["csv", "raven", "audacity", "json", "parquet", "pamscapes"] as const;

/** One of them. */
export type BoutFormat = typeof CALL_FORMATS[number];
