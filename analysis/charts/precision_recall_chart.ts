import type { TopLevelSpec } from "vega-lite";
import type { ThresholdRow } from "../evaluation/mod.ts";
import { chartFrame, type ChartTexts, COLOURS, known } from "./chart_frame.ts";

/** What the precision–recall chart shows. */
export interface PrecisionRecallData extends Omit<ChartTexts, "description"> {
  /** Rows of `thresholdTable`. */
  rows: readonly ThresholdRow[];
}

/** Thresholds nearer to the last one named than this, in precision and recall, are not named. */
const APART = 0.08;

/**
 * Precision over recall as the threshold rises, by seconds (solid, circles) and by events (dashed,
 * squares). Thresholds that find nothing have no precision, and no point.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function precisionRecallChart(data: PrecisionRecallData): TopLevelSpec {
  const named = namedThresholds(data.rows);
  const rows = data.rows.flatMap(({ threshold, seconds, events }, order) =>
    [["seconds", seconds], ["events", events]].map(([by, rates]) => ({
      by,
      threshold,
      order,
      precision: known((rates as typeof seconds).precision),
      recall: known((rates as typeof seconds).recall),
      label: by === "seconds" && named.has(threshold) ? String(threshold) : "",
    }))
  ).filter(({ precision, recall }) => precision !== null && recall !== null);
  const domain = ["seconds", "events"];
  const share = (field: string) => ({
    field,
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title: field },
  });
  const by = (range: readonly unknown[]) => ({
    field: "by",
    scale: { domain, range },
    legend: { title: "judged by" },
  });
  const place = { x: share("recall"), y: share("precision") };
  const best = rows.filter(({ by }) => by === "seconds")
    .map((row) => ({ ...row, f1: harmonic(row.precision!, row.recall!) }))
    .toSorted((a, b) => b.f1 - a.f1).at(0);
  const description = `Precision over recall at ${data.rows.length} thresholds` +
    (best
      ? `: by seconds, F1 is highest at ${best.threshold} with precision ` +
        `${best.precision!.toFixed(2)} and recall ${best.recall!.toFixed(2)}.`
      : ": none finds anything.");
  return chartFrame({ ...data, description }, [{
    width: 380,
    height: 340,
    data: { values: rows },
    layer: [
      {
        mark: { type: "line", strokeWidth: 1.4 },
        encoding: {
          ...place,
          order: { field: "order" },
          color: by([COLOURS.song, COLOURS.found]),
          strokeDash: by([[1, 0], [5, 3]]),
        },
      },
      {
        mark: { type: "point", filled: true, size: 45, opacity: 1 },
        encoding: {
          ...place,
          color: by([COLOURS.song, COLOURS.found]),
          shape: by(["circle", "square"]),
          tooltip: [
            { field: "threshold" },
            { field: "by", title: "judged by" },
            { field: "precision", format: ".3f" },
            { field: "recall", format: ".3f" },
          ],
        },
      },
      {
        mark: { type: "text", align: "left", dx: 7, dy: -7, fontSize: 10, color: COLOURS.text },
        encoding: { ...place, text: { field: "label" } },
      },
    ],
  }]);
}

/** Thresholds whose names do not overlap on the curve of seconds. */
function namedThresholds(rows: readonly ThresholdRow[]): Set<number> {
  const named: ThresholdRow[] = [];
  for (const row of rows) {
    const { precision, recall } = row.seconds;
    const last = named.at(-1)?.seconds;
    const far = !last || Math.hypot(precision - last.precision, recall - last.recall) >= APART;
    if (far && !Number.isNaN(precision + recall)) named.push(row);
  }
  return new Set(named.map(({ threshold }) => threshold));
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : 2 * precision * recall / (precision + recall);
}
