import type { TopLevelSpec } from "vega-lite";
import { COLOURS } from "./chart_frame.ts";
import type { MelImage } from "./images.ts";
import { spectrogramLayers } from "./spectrogram_layers.ts";

const WIDTH = 1100;
const SPECTROGRAM_HEIGHT = 190;
const ROW_HEIGHT = 16;

/** A span of time with a name, epoch milliseconds. */
export interface NamedSpan {
  name: string;
  startMs: number;
  stopMs: number;
}

/** What the picture of an hour shows. */
export interface HourChartData {
  title: string;
  subtitle: string;
  /** First instant shown and the one after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** Mel spectrogram (`melImage`), 0 to `topHz`. */
  image: MelImage;
  topHz: number;
  /** Scores at the times that they are centred on; NaN without effort. */
  scores: readonly { ms: number; raw: number; filtered: number }[];
  threshold: number;
  /** Rows of spans, from top to bottom; the name of the row, its colour and its spans. */
  rows: readonly { label: string; colour: string; spans: readonly NamedSpan[] }[];
}

/** Shorter spans have no room for their names. */
const NAMED_MS = 75_000;
/** The time of a layer over one that has set the scale already. */
const SAME_TIME = { field: "ms", type: "quantitative" };

function everyFiveMinutes(startMs: number, stopMs: number): number[] {
  const stepMs = 300_000;
  const first = Math.ceil(startMs / stepMs);
  return Array.from(
    { length: Math.floor(stopMs / stepMs) - first + 1 },
    (_, i) => (first + i) * stepMs,
  );
}

/**
 * One hour: its spectrogram, its scores, and rows of spans such as bouts found and bouts placed.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 */
export function hourChart(data: HourChartData): TopLevelSpec {
  const scale = { domain: [data.startMs, data.stopMs], nice: false, zero: false };
  const axis = {
    title: null,
    grid: false,
    labelFlush: true,
    labelExpr: "utcFormat(datum.value, '%H:%M')",
    values: everyFiveMinutes(data.startMs, data.stopMs),
  };
  const time = (last: boolean) => ({
    ...SAME_TIME,
    scale,
    axis: last ? { ...axis, title: "time (UTC)" } : { ...axis, labels: false, ticks: false },
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${data.title}. ${data.subtitle}`,
    title: { text: data.title, subtitle: data.subtitle, anchor: "start" },
    background: "white",
    spacing: 8,
    vconcat: [
      spectrogram(data, time(false)),
      scorePanel(data, time(false)),
      spanRows(data, time(true)),
    ],
    resolve: { scale: { x: "independent", color: "independent" } },
    config: {
      view: { stroke: "#cccccc" },
      axis: { labelColor: COLOURS.text, titleColor: COLOURS.text },
    },
  } as TopLevelSpec;
}

function spectrogram(data: HourChartData, x: Record<string, unknown>): unknown {
  const { image, topHz, startMs: from, stopMs: to } = data;
  const layer = spectrogramLayers({ image, topHz, from, to }, SPECTROGRAM_HEIGHT, x);
  return { width: WIDTH, height: SPECTROGRAM_HEIGHT, layer };
}

function scorePanel(data: HourChartData, x: unknown): unknown {
  const y = (title: string | null) => ({
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title, values: [0, 0.5, 1] },
  });
  const known = data.scores.map(({ ms, raw, filtered }) => ({
    ms,
    raw: Number.isNaN(raw) ? null : Number(raw.toFixed(4)),
    filtered: Number.isNaN(filtered) ? null : Number(filtered.toFixed(4)),
  }));
  const line = (field: string, color: string, strokeWidth: number, x: unknown) => ({
    mark: { type: "line", color, strokeWidth, invalid: "break-paths-show-path-domains" },
    encoding: { x, y: { field, ...y("score") } },
  });
  return {
    width: WIDTH,
    height: 110,
    data: { values: known },
    layer: [
      line("raw", COLOURS.raw, 0.6, x),
      line("filtered", COLOURS.song, 1.4, SAME_TIME),
      {
        data: { values: [{ threshold: data.threshold }] },
        mark: { type: "rule", color: COLOURS.text, strokeDash: [4, 4] },
        encoding: { y: { field: "threshold", ...y("score") } },
      },
    ],
  };
}

function spanRows(data: HourChartData, x: Record<string, unknown>): unknown {
  const values = data.rows.flatMap(({ label, spans }) =>
    spans.map(({ name, startMs, stopMs }) => ({ row: label, name, ms: startMs, stopMs }))
  );
  const labels = data.rows.map(({ label }) => label);
  const y = {
    field: "row",
    type: "nominal",
    scale: { domain: labels },
    axis: { title: null, grid: false, ticks: false },
  };
  const colours = data.rows.map(({ colour }) => colour);
  return {
    width: WIDTH,
    height: labels.length * ROW_HEIGHT * 1.4,
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: ROW_HEIGHT, opacity: 0.85 },
        encoding: {
          x,
          x2: { field: "stopMs" },
          y,
          color: { field: "row", scale: { domain: labels, range: colours }, legend: null },
        },
      },
      {
        transform: [{ filter: `datum.stopMs - datum.ms > ${NAMED_MS}` }],
        mark: { type: "text", align: "left", dx: 3, fontSize: 10, color: "black" },
        encoding: { x: SAME_TIME, y, text: { field: "name" } },
      },
    ],
  };
}
