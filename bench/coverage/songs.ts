import { logistic } from "../../analysis/statistics/logit.ts";
import { LIGHTS } from "../../analysis/sun/mod.ts";
import type { SeededRandom } from "../../core/random.ts";
import { lightFactors, logitOfMean, seasonMean } from "../../simulation/season/day_plan.ts";
import { SONG_MODEL } from "../../simulation/season/song_model.ts";
import { DAY_CELLS, type Site } from "./sites.ts";

const DAY_MS = 86_400_000;

/** Draws two seasons of song: `[cells]` the part of each half-hour with song. */
export type DrawSong = (random: SeededRandom, song: Float64Array) => void;

/**
 * A world in which whales sing by a law of its own.
 *
 * @param site Where.
 * @param apart Whether night has more song than day, and the second season more than the first,
 * where the law has years of its own; else the sun and the year change nothing.
 */
export type World = (site: Site, apart: boolean) => DrawSong;

/** By night, dawn, day and dusk, where they differ: on the logit scale, and as a factor. */
const LOGIT_APART = [0.5, 0, -0.5, 0];
const FACTOR_APART = [1, 0.8, 0.6, 0.8];

/** The project's own law (`simulation/season/`): days of correlation 0.85, stretches of minutes. */
export function own(site: Site, apart: boolean): DrawSong {
  const { dayDeviation, dayCorrelation, stretchLeastSeconds, stretchMeanSeconds } = SONG_MODEL;
  const middles = ownMiddles(site, apart);
  const cellSeconds = 86_400 / DAY_CELLS;
  const chance = new Float64Array(LIGHTS.length);
  return (random, song) => {
    song.fill(0);
    const strength = correlated(random, site.days, dayCorrelation);
    for (let day = 0; day < site.days; day++) {
      for (let i = 0; i < LIGHTS.length; i++) {
        chance[i] = logistic(middles[day * LIGHTS.length + i] + dayDeviation * strength[day]);
      }
      const first = day * DAY_CELLS;
      for (let from = 0; from < 86_400;) {
        const to = from + stretchLeastSeconds + exponential(random) * stretchMeanSeconds;
        const level = random.between(0, 1);
        const until = Math.min(86_400, to);
        for (let cell = Math.floor(from / cellSeconds); cell * cellSeconds < until; cell++) {
          const overlap = Math.min(until, (cell + 1) * cellSeconds) -
            Math.max(from, cell * cellSeconds);
          let share = 0;
          for (let i = 0; i < LIGHTS.length; i++) {
            if (level < chance[i]) share += site.light[(first + cell) * LIGHTS.length + i];
          }
          song[first + cell] += share * overlap / cellSeconds;
        }
        from = to;
      }
    }
  };
}

/** `[days, 4]` the middle of the chance of song on the logit scale. */
function ownMiddles(site: Site, apart: boolean): Float64Array {
  const factors = lightFactors(site.place);
  const known = new Map<number, number>();
  const middles = new Float64Array(site.days * LIGHTS.length);
  for (let day = 0; day < site.days; day++) {
    const weak = apart && day < site.firstDays;
    // The model's strong year, from 1 August on, whatever the site's season begins with.
    const mean = seasonMean(Date.UTC(2016, 7, 1) + site.phase[day] * 365 * DAY_MS) *
      (weak ? SONG_MODEL.weakYear : 1);
    let weight = 0;
    for (let i = 0; i < LIGHTS.length; i++) {
      for (let cell = day * DAY_CELLS; cell < (day + 1) * DAY_CELLS; cell++) {
        weight += site.light[cell * LIGHTS.length + i] * factors[LIGHTS[i]] / DAY_CELLS;
      }
    }
    for (let i = 0; i < LIGHTS.length; i++) {
      const part = Math.min(0.97, apart ? mean * factors[LIGHTS[i]] / weight : mean);
      const key = Math.round(part * 1e4);
      if (!known.has(key)) known.set(key, logitOfMean(key / 1e4, SONG_MODEL.dayDeviation));
      middles[day * LIGHTS.length + i] = key === 0 ? -Infinity : known.get(key)!;
    }
  }
  return middles;
}

/** Bouts of 20 minutes to 4 days with a heavy tail, by the moon, in a season that is later in the second year. */
export function bouts(site: Site, apart: boolean): DrawSong {
  const [LEAST, MOST, TAIL] = [20 / 30, 4 * DAY_CELLS, 1.5];
  // Bouts a cell.
  const rate = Float64Array.from(site.phase, (phase, day) => {
    const middle = day < site.firstDays ? 0.42 : 0.48;
    const season = Math.exp(-0.5 * ((phase - middle) / 0.09) ** 2);
    return 0.35 * season * (1 + 0.6 * Math.cos(2 * Math.PI * day / 29.53));
  });
  const part = apart ? FACTOR_APART : [1, 1, 1, 1];
  return (random, song) => {
    song.fill(1);
    for (let at = 0; at < song.length;) {
      const most = 0.56;
      at += exponential(random) / most;
      const day = Math.floor(at / DAY_CELLS);
      if (day >= site.days || random.between(0, 1) >= rate[day] / most) continue;
      const length = Math.min(MOST, LEAST * (1 - random.between(0, 1)) ** (-1 / TAIL));
      const level = random.between(0, 1);
      const stop = Math.min(song.length, at + length);
      // `song` holds what is left silent until the last bout is drawn.
      for (let cell = Math.floor(at); cell < stop; cell++) {
        let share = 0;
        for (let i = 0; i < LIGHTS.length; i++) {
          if (level < part[i]) share += site.light[cell * LIGHTS.length + i];
        }
        song[cell] *= 1 - share * (Math.min(stop, cell + 1) - Math.max(at, cell));
      }
    }
    for (let cell = 0; cell < song.length; cell++) song[cell] = 1 - song[cell];
  };
}

/** Whole days of song, each followed by another one time in three, among days without any. */
export function rareDays(site: Site, apart: boolean): DrawSong {
  const part = apart ? FACTOR_APART : [1, 1, 1, 1];
  return (random, song) => {
    song.fill(0);
    let sings = false;
    for (let day = 0; day < site.days; day++) {
      const begins = 0.12 * Math.exp(-0.5 * ((site.phase[day] - 0.45) / 0.12) ** 2);
      sings = random.between(0, 1) < (sings ? 0.35 : begins);
      if (!sings) continue;
      const level = random.between(0.2, 0.8);
      for (let cell = day * DAY_CELLS; cell < (day + 1) * DAY_CELLS; cell++) {
        let share = 0;
        for (let i = 0; i < LIGHTS.length; i++) share += part[i] * site.light[cell * 4 + i];
        song[cell] = share * Math.min(1, Math.max(0, level + random.between(-0.2, 0.2)));
      }
    }
  };
}

/** Strengths of days, as long as they are asked for. */
export type DrawDays = (random: SeededRandom, days: number) => Float64Array;

/**
 * Days whose strength changes slowly: deviation 1.5 on the logit scale; each class of light has 0.75 of
 * its own, of correlation 0.85.
 */
export function slowDays(draw: DrawDays): World {
  return (site, apart) => {
    const middles = Float64Array.from(
      site.phase,
      (phase) => -3.5 + 3 * Math.exp(2 * (Math.cos(2 * Math.PI * (phase - 0.45)) - 1)),
    );
    const chance = new Float64Array(LIGHTS.length);
    return (random, song) => {
      const shared = draw(random, site.days);
      const ownOf = LIGHTS.map(() => correlated(random, site.days, 0.85));
      for (let day = 0; day < site.days; day++) {
        for (let i = 0; i < LIGHTS.length; i++) {
          chance[i] = logistic(
            middles[day] + (apart ? LOGIT_APART[i] : 0) + 1.5 * shared[day] + 0.75 * ownOf[i][day],
          );
        }
        for (let cell = day * DAY_CELLS; cell < (day + 1) * DAY_CELLS; cell++) {
          let share = 0;
          for (let i = 0; i < LIGHTS.length; i++) share += chance[i] * site.light[cell * 4 + i];
          // Half-hours scatter around it, and keep its mean.
          song[cell] = share * (1 + (1 - share) * random.between(-1, 1));
        }
      }
    };
  };
}

/** Strengths that are correlated from day to day: mean 0, deviation 1. */
export function correlatedDays(correlation: number): DrawDays {
  return (random, days) => correlated(random, days, correlation);
}

/**
 * Strengths with long memory, fractionally integrated noise of order d: mean 0, deviation 1.
 *
 * Source: Hosking 1984, Water Resources Research 20:1898 (its partial correlations are d/(k − d)).
 */
export function longMemory(d: number, longest: number): DrawDays {
  const rows: Float64Array[] = [];
  const deviations = new Float64Array(longest).fill(1);
  for (let k = 1; k < longest; k++) {
    const before = rows.at(-1);
    const row = new Float64Array(k);
    row[k - 1] = d / (k - d);
    for (let j = 0; j < k - 1; j++) row[j] = before![j] - row[k - 1] * before![k - 2 - j];
    rows.push(row);
    deviations[k] = deviations[k - 1] * Math.sqrt(1 - row[k - 1] ** 2);
  }
  return (random, days) => {
    const strength = new Float64Array(days);
    for (let day = 0; day < days; day++) {
      let middle = 0;
      if (day > 0) {
        const row = rows[day - 1];
        for (let back = 0; back < day; back++) middle += row[back] * strength[day - 1 - back];
      }
      strength[day] = middle + deviations[day] * random.gaussian();
    }
    return strength;
  };
}

function correlated(random: SeededRandom, days: number, correlation: number): Float64Array {
  const strength = new Float64Array(days);
  const apart = Math.sqrt(1 - correlation ** 2);
  let last = random.gaussian();
  for (let day = 0; day < days; day++) {
    strength[day] = last;
    last = correlation * last + apart * random.gaussian();
  }
  return strength;
}

function exponential(random: SeededRandom): number {
  return -Math.log(1 - random.between(0, 1));
}
