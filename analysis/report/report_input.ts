import { firstMonthAt } from "../season/mod.ts";
import type { Calibrator, CallOptions } from "../../pipeline/calls/mod.ts";
import type { Gathered } from "./gather.ts";
import type { ReportClip } from "./report_model.ts";

/** All that a report is made of. */
export interface ReportInput {
  gathered: Gathered;
  /** Where the scores lie, as the user named it. */
  scores: string;
  /** Where the hydrophone stands; nothing where nobody named it, and then there is no sun. */
  site?: { title: string; latitude: number; longitude: number } | undefined;
  settings: Pick<CallOptions, "threshold" | "off" | "median" | "edges" | "gap" | "min">;
  /** What thresholds are compared with, where it is not the filtered score, and what it is. */
  calibrator?: Calibrator | undefined;
  calibration?: string | undefined;
  /** Whether somebody chose the threshold. */
  chosenThreshold: boolean;
  /** What made the scores: names of detectors, and the SHA-256 of the weights of each. */
  detectors: ReadonlyMap<string, ReadonlySet<string>>;
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
  const where = site === undefined ? "" : `${site.title}; `;
  return [`${where}${scale} ${settings.threshold}`, ...notices.map(capital)];
}

/** The month that seasons begin with: by the hemisphere, August where no site was named. */
export function firstMonthOf({ site }: ReportInput): number {
  return firstMonthAt(site?.latitude ?? 0);
}

/** What is missing without a site, and how to name one. */
export const NO_SITE =
  "No site was named, so there is no place and no sun: night and day can't be " +
  "told. Name one with --site (mars, sanctsound-mb01), or one of your own with --sites FILE " +
  "(docs/archives.md).";

/** A sentence's first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
