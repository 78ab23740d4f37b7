import type { BoutAbout } from "../../analysis/exports/mod.ts";

/** What bouts of a test were made with. */
export const MADE_ABOUT: BoutAbout = {
  megaptera: "0",
  scores: "scores",
  settings: { threshold: 0.5, median: 25, gap: 10, min: 3 },
  notes: [],
  centreShiftSeconds: 1.4562,
  detectors: [],
  fingerprints: [],
  hoursOfUnknownOrigin: 0,
  holes: [],
  effortSeconds: 0,
};
