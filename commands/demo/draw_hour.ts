import { COLOURS, hourChart, melImage, renderSvg } from "../../analysis/charts/mod.ts";
import { type Detector, MEL_BANDS } from "../../pipeline/detector/mod.ts";
import { writeText } from "../../pipeline/places/mod.ts";
import { melLevels } from "../../pipeline/scoring/mod.ts";
import type { Catalogue } from "../../pipeline/timeline/mod.ts";
import type { Ocean } from "../../simulation/ocean/mod.ts";

/** Scores, bouts and truth of an hour, for the demo's picture. */
interface DrawnHour {
  startMs: number;
  scores: Float64Array;
  filtered: Float64Array;
  found: readonly Seconds[];
  ocean: Ocean;
  catalogue: Catalogue;
  detector: Detector;
}

/** Draws the hour's spectrogram, scores, bouts and truth as an SVG file. */
export async function drawHour(hour: DrawnHour, path: string): Promise<void> {
  const { startMs, scores, filtered, found, ocean, catalogue, detector } = hour;
  const levels = await melLevels(catalogue, detector.sampleRateHz);
  const at = (seconds: number): number => startMs + seconds * 1000;
  const truth = ocean.truth.map(({ kind, startSeconds, stopSeconds }) => ({
    name: kind === "song" ? "" : kind,
    kind,
    startMs: at(startSeconds),
    stopMs: at(stopSeconds),
  }));
  const bouts = found.map(({ start, stop }) => ({
    name: "",
    startMs: at(start),
    stopMs: at(stop),
  }));
  const svg = await renderSvg(hourChart({
    title: "An hour of made-up ocean, scored by the demo detector",
    subtitle: `${detector.notice}; scores (grey) and their running median of 25 s (blue)`,
    startMs,
    stopMs: at(ocean.durationSeconds),
    image: melImage(levels, MEL_BANDS),
    topHz: detector.sampleRateHz / 2,
    scores: Array.from(scores, (raw, bin) => ({
      ms: at(bin + detector.windowSeconds / 2),
      raw,
      filtered: filtered[bin],
    })),
    threshold: 0.5,
    rows: [
      { label: "calls found", colour: COLOURS.found, spans: bouts },
      {
        label: "song placed",
        colour: COLOURS.song,
        spans: truth.filter(({ kind }) => kind === "song"),
      },
      {
        label: "other sounds",
        colour: COLOURS.other,
        spans: truth.filter(({ kind }) => kind !== "song"),
      },
    ],
  }));
  await writeText(path, svg);
}

/** A span of seconds, `[start, stop)`. */
export interface Seconds {
  start: number;
  stop: number;
}

/** A row of the demo's table: song that was placed, bouts that were found of it, or both. */
interface Row<Found extends Seconds> {
  placed: Seconds | undefined;
  found: Found[];
}

const overlap = (a: Seconds, b: Seconds): number =>
  Math.max(0, Math.min(a.stop, b.stop) - Math.max(a.start, b.start));

/**
 * Sets bouts found beside bouts placed: a bout stands beside the one it overlaps most.
 *
 * @param placed Where song was placed, ascending.
 * @param found Bouts that were found, ascending.
 * @returns Rows in the order of time; a bout that overlaps nothing has a row of its own.
 */
export function foundAndPlaced<Found extends Seconds>(
  placed: readonly Seconds[],
  found: readonly Found[],
): Row<Found>[] {
  const rows: Row<Found>[] = placed.map((span) => ({ placed: span, found: [] }));
  for (const bout of found) {
    const best = rows.filter(({ placed }) => placed && overlap(placed, bout) > 0)
      .sort((a, b) => overlap(b.placed!, bout) - overlap(a.placed!, bout))[0];
    if (best) best.found.push(bout);
    else rows.push({ placed: undefined, found: [bout] });
  }
  const start = ({ placed, found }: Row<Found>): number => placed?.start ?? found[0].start;
  return rows.sort((a, b) => start(a) - start(b));
}

/**
 * Measures how many of the seconds agree.
 *
 * @returns Seconds found that were placed, over those found (`precision`) and placed (`recall`).
 */
export function agreement(
  placed: readonly Seconds[],
  found: readonly Seconds[],
): { precision: number; recall: number } {
  const total = (spans: readonly Seconds[]): number =>
    spans.reduce((sum, { start, stop }) => sum + stop - start, 0);
  const both = placed.reduce(
    (sum, span) => sum + found.reduce((part, bout) => part + overlap(span, bout), 0),
    0,
  );
  return { precision: both / total(found), recall: both / total(placed) };
}

const BLOCKS = " ▁▂▃▄▅▆▇█";

/**
 * Draws an hour in one line of 60 characters, one a minute.
 *
 * @param scores One score a second, NaN without effort.
 * @returns The highest score of each minute as a block; `·` where a minute has no effort.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(scoreLine(new Float64Array(3600).fill(1)) === "█".repeat(60));
 * ```
 */
export function scoreLine(scores: ArrayLike<number>): string {
  return Array.from({ length: 60 }, (_, minute) => {
    let highest = -Infinity;
    for (let second = minute * 60; second < minute * 60 + 60; second++) {
      if (scores[second] > highest) highest = scores[second];
    }
    return highest === -Infinity ? "·" : BLOCKS[Math.round(highest * 8)];
  }).join("");
}

/**
 * Draws spans of an hour in one line of 60 characters.
 *
 * @param spans Seconds of the hour, `[start, stop)`.
 * @param mark The character of a minute that a span touches.
 */
export function spanLine(spans: readonly { start: number; stop: number }[], mark: string): string {
  return Array.from(
    { length: 60 },
    (_, minute) =>
      spans.some(({ start, stop }) => start < minute * 60 + 60 && stop > minute * 60) ? mark : " ",
  ).join("");
}
