import type { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";

/** A cell of a table: nothing where nothing is known. */
export type Cell = string | number | null;

/** A table to read and to copy. */
export interface ReportTable {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A bout to listen to. */
export interface ReportClip {
  /** When, how long, its scores, the recording's name. */
  caption: string;
  /** The spectrogram, and a WAV as a data URL; nothing where the audio is not at hand. */
  picture?: TopLevelSpec;
  audio?: string;
  /** Why there is no audio. */
  missing?: string;
}

/** A part of a report; whatever it has is shown in the page's own order. */
export interface ReportSection {
  /** Name of its place in the page: letters and `-`. */
  id: string;
  heading: string;
  paragraphs?: readonly string[];
  /** Figures for the top of the page: each as people say it, and what it is. */
  figures?: readonly (readonly [string, string])[];
  facts?: readonly (readonly [string, string])[];
  list?: readonly string[];
  charts?: readonly TopLevelSpec[];
  /** Charts that are drawn when a reader asks for them. */
  folded?: {
    summary: string;
    paragraphs: readonly string[];
    charts: readonly TopLevelSpec[];
  };
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

/**
 * An Arquero table for a report: dates as `2016-11-01`, whole numbers as they are, others to five
 * digits or to whole numbers, and nothing where nothing is known.
 *
 * @param caption What it is.
 * @param from The table.
 * @returns The table for the page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const rows = table({ start: [new Date(0)], proportion: [1 / 3], low: [NaN] });
 * assert.deepEqual(reportTable("", rows).rows, [["1970-01-01", 0.33333, null]]);
 * ```
 */
export function reportTable(caption: string, from: ColumnTable): ReportTable {
  const columns = from.columnNames();
  const rows = (from.objects({ limit: Infinity }) as Record<string, unknown>[])
    .map((row) => columns.map((column) => cellOf(row[column])));
  return { caption, columns, rows };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  }
  if (typeof value === "number") {
    if (Number.isInteger(value)) return value;
    if (!Number.isFinite(value)) return null;
    return Math.abs(value) < 1e5 ? Number(value.toPrecision(5)) : Math.round(value);
  }
  return String(value);
}
