import { LIGHTS, type LightSpan, lightSpans, type Place } from "../../analysis/sun/mod.ts";

/** Cells of the campaign: half-hours. */
export const CELL_SECONDS = 1_800;
export const DAY_CELLS = 48;
const CELL_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** A place and some seasons there, two as a rule, cut into half-hours. */
export interface Site {
  name: string;
  place: Place;
  /** Month that seasons begin with, 1 to 12. */
  firstMonth: number;
  startMs: number;
  /** Days of all seasons, and of the first. */
  days: number;
  firstDays: number;
  /** `[cells]` starts, epoch milliseconds. */
  start: Float64Array;
  /** `[cells, 4]` part of each cell in each of `LIGHTS`. */
  light: Float64Array;
  /** `[cells]` number of the night that a cell lies in for most of it; −1 by day. */
  night: Int32Array;
  /** `[days]` part of the season that has gone, 0 to 1. */
  phase: Float64Array;
}

/**
 * 37° N (MARS), 65° N (off Iceland) and 23° S (off Rio de Janeiro).
 *
 * @param years How many seasons; 2 by default.
 */
export function sites(years = 2): Site[] {
  return [
    siteOf("37 N", { latitude: 36.7128, longitude: -122.186 }, 8, years),
    siteOf("65 N", { latitude: 65, longitude: -24 }, 8, years),
    siteOf("23 S", { latitude: -23, longitude: -42 }, 2, years),
  ];
}

function siteOf(name: string, place: Place, firstMonth: number, years: number): Site {
  const begins = Array.from({ length: years + 1 }, (_, y) => Date.UTC(2015 + y, firstMonth - 1));
  const [startMs, stopMs] = [begins[0], begins[years]];
  const days = (stopMs - startMs) / DAY_MS;
  const start = Float64Array.from({ length: days * DAY_CELLS }, (_, i) => startMs + i * CELL_MS);
  const light = lightOfCells(start, lightSpans(place, startMs, stopMs));
  return {
    name,
    place,
    firstMonth,
    startMs,
    days,
    firstDays: (begins[1] - startMs) / DAY_MS,
    start,
    light,
    night: nightsOf(light),
    phase: Float64Array.from({ length: days }, (_, day) => {
      const ms = startMs + day * DAY_MS;
      const next = begins.findIndex((begin) => begin > ms);
      return (ms - begins[next - 1]) / (begins[next] - begins[next - 1]);
    }),
  };
}

function lightOfCells(start: Float64Array, spans: readonly LightSpan[]): Float64Array {
  const shares = new Float64Array(start.length * LIGHTS.length);
  let span = 0;
  for (let cell = 0; cell < start.length; cell++) {
    const [fromMs, toMs] = [start[cell], start[cell] + CELL_MS];
    while (spans[span].stopMs <= fromMs) span++;
    for (let i = span; i < spans.length && spans[i].startMs < toMs; i++) {
      const overlap = Math.min(toMs, spans[i].stopMs) - Math.max(fromMs, spans[i].startMs);
      shares[cell * LIGHTS.length + LIGHTS.indexOf(spans[i].light)] += overlap / CELL_MS;
    }
  }
  return shares;
}

function nightsOf(light: Float64Array): Int32Array {
  const nights = new Int32Array(light.length / LIGHTS.length).fill(-1);
  let night = -1;
  for (let cell = 0; cell < nights.length; cell++) {
    if (light[cell * LIGHTS.length] < 0.5) continue;
    if (cell === 0 || nights[cell - 1] < 0) night++;
    nights[cell] = night;
  }
  return nights;
}
