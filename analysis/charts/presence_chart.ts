import type { TopLevelSpec } from "vega-lite";
import { DAY_MS, HOUR_MS } from "../../core/mod.ts";
import { type Presence, presenceColumns } from "../presence/mod.ts";
import type { Place } from "../sun/mod.ts";
import {
  CHART_WIDTH,
  chartFrame,
  type ChartTexts,
  COLOURS,
  dateTooltip,
  inlineRows,
  SONG_COLOUR,
  timeAxis,
  timeEnds,
} from "./chart_frame.ts";
import { EFFORT_HEIGHT } from "./interval_layers.ts";
import { hatch, nightRects, sunLines, unheardRects } from "./shading.ts";

const HEIGHT = 288;
/** Below this part of what was scheduled, an hour counts as not heard. */
const LEAST_HEARD = 0.5;

/** What the long-term presence plot shows. */
export interface PresenceChartData extends Omit<ChartTexts, "description"> {
  /** A presence table of hours (UTC). */
  presence: Presence;
  /** Where the hydrophone stands, for sunrise and sunset; no sun is drawn unless given. */
  place?: Place | undefined;
  /** How far the clock of the plot is ahead of UTC, whole hours; 0 by default. */
  offsetHours?: number;
  /** Whether dragging and the wheel move along time. */
  interactive?: boolean;
}

/**
 * The long-term presence plot: date by hour of the day, the part of each hour with song, night
 * shaded behind, time that was not heard hatched, the effort of each day above.
 *
 * @param data What to show.
 * @returns A Vega-Lite specification with the data in it.
 * @throws {RangeError} Where cells are not hours.
 */
export function presenceChart(data: PresenceChartData): TopLevelSpec {
  const { presence, place, offsetHours = 0, interactive = false } = data;
  const { startMs, effort, positive, scheduled, cellMs } = presenceColumns(presence);
  if (cellMs !== HOUR_MS) {
    throw new RangeError(`Cannot draw presence by hours as cells are of ${cellMs / 60_000} min`);
  }
  const offsetMs = offsetHours * HOUR_MS;
  const [firstMs, lastMs] = [startMs[0], startMs[startMs.length - 1] + HOUR_MS];
  const fromMs = Math.floor((firstMs + offsetMs) / DAY_MS) * DAY_MS;
  const toMs = Math.ceil((lastMs + offsetMs) / DAY_MS) * DAY_MS;
  const cells = Array.from(startMs, (ms, i) => {
    const day = Math.floor((ms + offsetMs) / DAY_MS) * DAY_MS;
    return {
      day,
      hour: (ms + offsetMs - day) / HOUR_MS,
      effort: effort[i],
      positive: positive[i],
      scheduled: scheduled[i],
    };
  });
  const heard = cells.filter((cell) =>
    cell.effort > 0 && cell.effort >= LEAST_HEARD * cell.scheduled
  );
  const song = heard.filter((cell) => cell.positive > 0);
  const unheard = unheardRects(
    heard.map(({ day, hour }) => ({ day, hour })),
    fromMs,
    toMs,
  );
  const lines = hatch(unheard, {
    xPerPixel: (toMs - fromMs) / CHART_WIDTH,
    yPerPixel: 24 / HEIGHT,
    spacing: 6,
  });
  const clock = offsetHours === 0
    ? "UTC"
    : `UTC${offsetHours < 0 ? "−" : "+"}${Math.abs(offsetHours)}`;
  const night = place ? "Night is shaded, time" : "Time";
  const description = `Song by date and hour of the day (${clock}), ${isoDay(fromMs)} to ` +
    `${isoDay(toMs - DAY_MS)}: ${song.length} of ${heard.length} hours that were heard for at ` +
    `least half have song. ${night} that was not heard is hatched, and bars above show how much of ` +
    "each day was heard.";
  const x = timeAxis(fromMs, toMs, `date (${clock})`);
  const zoom = interactive
    ? {
      params: [{
        name: "zoom",
        select: { type: "interval", encodings: ["x"], zoom: "wheel![event.ctrlKey]" },
        bind: "scales",
      }],
    }
    : {};
  const main = {
    width: CHART_WIDTH,
    height: HEIGHT,
    layer: [
      timeEnds(fromMs, toMs),
      ...place
        ? [rects(nightRects(place, firstMs, lastMs, offsetHours), x, clock, COLOURS.nightTint)]
        : [],
      rects(unheard, x, clock, COLOURS.unheard),
      hatching(lines),
      songCells(song, zoom),
      ...place ? sunLayers(place, firstMs, lastMs, offsetHours) : [],
    ],
  };
  const heardPanel = effortPanel(cells, timeAxis(fromMs, toMs, null));
  return {
    ...chartFrame({ ...data, description }, [heardPanel, main]),
    resolve: { scale: { x: "shared", color: "independent" } },
  } as TopLevelSpec;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const hours = { type: "quantitative", scale: { domain: [0, 24], nice: false } };

function effortPanel(
  cells: readonly { day: number; effort: number }[],
  x: Record<string, unknown>,
): unknown {
  const days = new Map<number, number>();
  for (const { day, effort } of cells) days.set(day, (days.get(day) ?? 0) + effort);
  return {
    width: CHART_WIDTH,
    height: EFFORT_HEIGHT,
    data: inlineRows([...days].map(([day, s]) => ({ day, heard: Number((s / 864).toFixed(1)) }))),
    transform: [{ calculate: `datum.day + ${DAY_MS}`, as: "next" }],
    mark: { type: "rect", color: COLOURS.effort, clip: true },
    encoding: {
      x: { field: "day", ...x },
      x2: { field: "next" },
      y: {
        field: "heard",
        type: "quantitative",
        scale: { domain: [0, 100] },
        axis: { title: "heard (%)", values: [0, 100] },
      },
      y2: { datum: 0 },
      tooltip: [
        dateTooltip("day", "date"),
        { field: "heard", title: "heard (% of the day)" },
      ],
    },
  };
}

function rects(
  values: readonly unknown[],
  x: Record<string, unknown>,
  clock: string,
  color: string,
): unknown {
  return {
    data: inlineRows(values),
    // A stroke of the same colour closes the seams between neighbours.
    mark: { type: "rect", color, stroke: color, strokeWidth: 0.5, clip: true },
    encoding: {
      x: { field: "x", ...x },
      x2: { field: "x2" },
      y: {
        field: "y",
        ...hours,
        axis: { title: `hour of the day (${clock})`, values: [0, 3, 6, 9, 12, 15, 18, 21, 24] },
      },
      y2: { field: "y2" },
    },
  };
}

function hatching(lines: readonly { x: number; x2: number; y: number; y2: number }[]): unknown {
  const values = lines.map(({ x, x2, y, y2 }) => ({
    x: Math.round(x),
    x2: Math.round(x2),
    y: Number(y.toFixed(3)),
    y2: Number(y2.toFixed(3)),
  }));
  return {
    data: inlineRows(values),
    mark: { type: "rule", color: COLOURS.hatch, strokeWidth: 0.7, clip: true },
    encoding: {
      x: { field: "x", type: "temporal" },
      x2: { field: "x2" },
      y: { field: "y", ...hours },
      y2: { field: "y2" },
    },
  };
}

function songCells(
  song: readonly { day: number; hour: number; effort: number; positive: number }[],
  zoom: Record<string, unknown>,
): unknown {
  return {
    ...zoom,
    data: inlineRows(song.map(({ day, hour, effort, positive }) => ({
      day,
      hour,
      song: Number((100 * positive / effort).toFixed(1)),
      heard: Math.round(effort / 60),
    }))),
    transform: [
      { calculate: `datum.day + ${DAY_MS}`, as: "next" },
      { calculate: "datum.hour + 1", as: "end" },
    ],
    mark: { type: "rect", clip: true },
    encoding: {
      x: { field: "day", type: "temporal" },
      x2: { field: "next" },
      y: { field: "hour", ...hours },
      y2: { field: "end" },
      color: {
        field: "song",
        type: "quantitative",
        ...SONG_COLOUR,
      },
      tooltip: [
        dateTooltip("day", "date"),
        { field: "hour", title: "hour" },
        { field: "song", title: "song (% of time heard)" },
        { field: "heard", title: "heard (min)" },
      ],
    },
  };
}

/** Lines of sunrise and sunset, named by a legend: a name beside its line would stand on cells. */
function sunLayers(
  place: Place,
  startMs: number,
  stopMs: number,
  offsetHours: number,
): unknown[] {
  const points = sunLines(place, startMs, stopMs, offsetHours);
  const events = SUN_EVENTS.filter(({ event }) => points.some((point) => point.event === event));
  if (events.length === 0) return [];
  return [{
    data: inlineRows(points),
    mark: { type: "line", clip: true, strokeWidth: 1.4, color: COLOURS.sun },
    encoding: {
      x: { field: "day", type: "temporal" },
      y: { field: "hour", ...hours },
      detail: { field: "part" },
      strokeDash: {
        field: "event",
        type: "nominal",
        scale: { domain: events.map(({ event }) => event), range: events.map(({ dash }) => dash) },
        legend: { title: null, orient: "top", symbolStrokeColor: COLOURS.sun, symbolSize: 500 },
      },
    },
  }];
}

const SUN_EVENTS = [
  { event: "sunrise", dash: [6, 3] },
  { event: "sunset", dash: [2, 2] },
] as const;
