import type { TopLevelSpec } from "vega-lite";

/** A cell of a table: nothing where nothing is known. */
export type Cell = string | number | null;

/** A table to read and to copy. */
export interface ReportTable {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A call to listen to. */
export interface ReportClip {
  /** When, how long, its scores, the recording's name. */
  caption: string;
  /** Data URLs: a PNG of the spectrogram, and a WAV; nothing where the audio is not at hand. */
  image?: string;
  audio?: string;
  /** Why there is no audio. */
  missing?: string;
}

/** A part of a report; whatever it has is shown in this order. */
export interface ReportSection {
  /** Name of its place in the page: letters and `-`. */
  id: string;
  heading: string;
  paragraphs?: readonly string[];
  facts?: readonly (readonly [string, string])[];
  list?: readonly string[];
  charts?: readonly TopLevelSpec[];
  clips?: readonly ReportClip[];
  tables?: readonly ReportTable[];
  /** Text to copy as it stands: commands, citations. */
  code?: string;
}

/** A report, before it is a page. */
export interface Report {
  title: string;
  /** Shown at the top and on every chart: demo detectors and simulated scores say so here. */
  notices: readonly string[];
  sections: readonly ReportSection[];
}
