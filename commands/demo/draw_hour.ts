import { COLOURS, hourChart, melImage, renderSvg } from "../../analysis/charts/mod.ts";
import { type Detector, MEL_BANDS } from "../../pipeline/detector/mod.ts";
import { writeText } from "../../pipeline/places/mod.ts";
import type { Catalogue } from "../../pipeline/timeline/mod.ts";
import type { Ocean } from "../../simulation/ocean/mod.ts";
import type { Seconds } from "./found_and_placed.ts";
import { melLevels } from "./mel_levels.ts";

/** What the demo's picture shows. */
export interface DrawnHour {
  startMs: number;
  scores: Float64Array;
  filtered: Float64Array;
  found: readonly Seconds[];
  ocean: Ocean;
  catalogue: Catalogue;
  detector: Detector;
}

/** Draws the hour's spectrogram, scores, calls and truth as an SVG file. */
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
  const calls = found.map(({ start, stop }) => ({
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
      { label: "calls found", colour: COLOURS.found, spans: calls },
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
