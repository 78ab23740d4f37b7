import type { Calibrator, CallOptions } from "../../pipeline/calls/mod.ts";
import type { Gathered } from "./gather.ts";
import type { ReportClip } from "./report_model.ts";

/** All that a report is made of. */
export interface ReportInput {
  gathered: Gathered;
  /** Where the scores lie, as the user named it. */
  scores: string;
  site: { name: string; title: string; latitude: number; longitude: number; timeZone: string };
  settings: Pick<CallOptions, "threshold" | "off" | "median" | "edges" | "gap" | "min">;
  /** What thresholds are compared with, where it is not the filtered score, and what it is. */
  calibrator?: Calibrator | undefined;
  calibration?: string | undefined;
  /** Whether somebody chose the threshold. */
  chosenThreshold: boolean;
  /** What made the scores. */
  detectors: readonly string[];
  fingerprints: readonly string[];
  windowSeconds: number;
  /** Shown at the top and with every chart. */
  notices: readonly string[];
  /** What is odd about the scores, in sentences. */
  notes: readonly string[];
  /** Seed of the random sample, and its clips and the best calls'. */
  seed: number;
  bestClips: readonly ReportClip[];
  randomClips: readonly ReportClip[];
  /** The commands that make this report again. */
  commands: readonly string[];
}

/** The line below every chart's title: where, when, and what must be said with any result. */
export function subtitleOf({ site, notices, settings, calibration }: ReportInput): string[] {
  const scale = calibration === undefined ? "threshold" : "threshold (probability)";
  return [`${site.title}; ${scale} ${settings.threshold}`, ...notices.map(capital)];
}

/** A sentence's first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
