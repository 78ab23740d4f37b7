import type { SeededRandom } from "../../core/random.ts";
import { CELL_SECONDS, DAY_CELLS, type Site } from "./sites.ts";

/** What a recorder heard: `[cells]` seconds of effort, and of those with song. */
export interface Heard {
  effort: Float64Array;
  positive: Float64Array;
}

/** Draws what was recorded, and what was heard of some song. */
export type DrawHeard = (random: SeededRandom, song: Float64Array, site: Site) => Heard;

/** All of it, but for an outage of half a day to six days about every third month. */
export function nearlyAll(random: SeededRandom, song: Float64Array): Heard {
  const effort = new Float64Array(song.length).fill(CELL_SECONDS);
  for (let from = 0; from < song.length; from += 30 * DAY_CELLS) {
    if (random.between(0, 1) >= 0.3) continue;
    const first = from + random.integer(0, 24 * DAY_CELLS);
    effort.fill(0, first, first + random.integer(DAY_CELLS / 2, 6 * DAY_CELLS));
  }
  return { effort, positive: song.map((part, cell) => Math.min(1, part) * effort[cell]) };
}

/**
 * Ten minutes of thirty; of nights 35 in 100 not at all, of those after the season's middle 60; and
 * nothing for 40 days of the first season's height, though no month was missed altogether.
 */
export function uneven(random: SeededRandom, song: Float64Array, site: Site): Heard {
  const effort = new Float64Array(song.length).fill(CELL_SECONDS / 3);
  for (let cell = 0; cell < song.length; cell++) {
    const night = site.night[cell];
    if (night < 0 || (cell > 0 && site.night[cell - 1] === night)) continue;
    const late = site.phase[Math.floor(cell / DAY_CELLS)] > 0.45;
    if (random.between(0, 1) >= (late ? 0.6 : 0.35)) continue;
    for (let at = cell; at < song.length && site.night[at] === night; at++) effort[at] = 0;
  }
  // From the fifth of the season's sixth month on.
  const outage = Math.round((Date.UTC(2015, site.firstMonth + 5, 5) - site.startMs) / 86_400_000);
  effort.fill(0, outage * DAY_CELLS, (outage + 40) * DAY_CELLS);
  // Of ten minutes all or nothing has song, one time in two.
  const positive = song.map((part, cell) => {
    const heard = random.between(0, 1) < 0.5 ? part : random.between(0, 1) < part ? 1 : 0;
    return Math.min(1, heard) * effort[cell];
  });
  return { effort, positive };
}
