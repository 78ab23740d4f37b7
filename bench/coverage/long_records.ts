import { table } from "arquero";
import { weeksOverYears } from "../../analysis/season/mod.ts";
import { logistic } from "../../analysis/statistics/logit.ts";
import { dayMemory, ratioInfluence, withoutSeason } from "../../analysis/statistics/mod.ts";
import { SeededRandom } from "../../core/random.ts";
import { CELL_SECONDS, sites } from "./sites.ts";
import {
  bouts,
  correlatedDays,
  type DrawDays,
  longMemory,
  own,
  rareDays,
  type World,
} from "./songs.ts";

const [YEAR_DAYS, TEN_YEARS_DAYS] = [365, 3_653];
/** Draws that the truth of weeks is the mean of. */
const TRUTH_DRAWS = 400;

/**
 * How the correlation of days comes out of one year, and what ten years tell of long memory: sums
 * over 60 days beside sums over 15.
 *
 * @param series Series of each law.
 * @param seed What the random numbers start from.
 * @returns A table, as text.
 */
export function memoryText(series: number, seed: number): string {
  const laws: [string, DrawDays][] = [
    ...[0.85, 0.9, 0.95].map((r): [string, DrawDays] => [`correlation ${r}`, correlatedDays(r)]),
    ["long memory, d 0.3", longMemory(0.3, TEN_YEARS_DAYS)],
  ];
  const rows = laws.map(([name, draw], law) => {
    const [fitted, growth]: number[][] = [[], []];
    for (let one = 0; one < series; one++) {
      const random = new SeededRandom(seed, 100 + law, one);
      const decade = withoutSeasonOf(draw(random, TEN_YEARS_DAYS)).rest;
      growth.push(varianceOfSums(decade, 60) / varianceOfSums(decade, 15));
      const { rest, turns } = withoutSeasonOf(draw(random, YEAR_DAYS));
      fitted.push(dayMemory(rest, turns).daily);
    }
    const at = (of: number[], part: number): string =>
      of.toSorted((a, b) => a - b)[Math.floor(part * series)].toFixed(2);
    const spread = `${at(growth, 0.025)} to ${at(growth, 0.975)}`;
    return `${name.padEnd(22)}${at(fitted, 0.5).padEnd(22)}${spread}`;
  });
  return [
    "\nDays' strengths by some laws, alike all year: the correlation fitted to one year (the middle of " +
    "all series), and the variance a day",
    "of sums over 60 days over that of sums over 15, after ten years (95 of 100 series)",
    "law                   fitted to a year      60 days over 15",
    ...rows,
  ].join("\n");
}

function withoutSeasonOf(strength: Float64Array): { rest: Float64Array; turns: number[] } {
  const effort = new Float64Array(strength.length).fill(1);
  const part = strength.map((value) => logistic(1.5 * value - 1));
  return withoutSeason(ratioInfluence(part, effort).influence, effort);
}

/** The variance of sums over blocks of days, a day. */
function varianceOfSums(values: Float64Array, blockDays: number): number {
  const blocks = Math.floor(values.length / blockDays);
  let squares = 0;
  for (let block = 0; block < blocks; block++) {
    let sum = 0;
    for (let day = block * blockDays; day < (block + 1) * blockDays; day++) sum += values[day];
    squares += sum * sum;
  }
  return squares / blocks / blockDays;
}

/**
 * How often the intervals of weeks over six years cover, at 37° N.
 *
 * @param series Replicates of each world.
 * @param seed What the random numbers start from.
 * @returns A table, as text.
 */
export function weeksText(series: number, seed: number): string {
  const worlds: [string, World][] = [["own", own], ["bouts", bouts], ["rare days", rareDays]];
  const [site] = sites(6);
  const rows = worlds.map(([name, world], index) => {
    const draw = world(site, false);
    const song = new Float64Array(site.start.length);
    const mean = new Float64Array(song.length);
    for (let one = 0; one < TRUTH_DRAWS; one++) {
      draw(new SeededRandom(seed, 200 + index, 1, one), song);
      for (let cell = 0; cell < song.length; cell++) mean[cell] += song[cell] / TRUTH_DRAWS;
    }
    const weeks = (part: Float64Array): Record<string, number | string>[] => {
      const effort_s = new Float64Array(part.length).fill(CELL_SECONDS);
      const call_s = part.map((share) => Math.min(1, share) * CELL_SECONDS);
      return weeksOverYears(table({ start: site.start, effort_s, call_s })).objects() as [];
    };
    const truth = weeks(mean).map((week) => Number(week.mean));
    let [intervals, covered, without] = [0, 0, 0];
    for (let one = 0; one < series; one++) {
      draw(new SeededRandom(seed, 200 + index, 2, one), song);
      for (const [week, { low, high, trust }] of weeks(song).entries()) {
        if (trust === "descriptive") without++;
        else {
          intervals++;
          if (Number(low) <= truth[week] && truth[week] <= Number(high)) covered++;
        }
      }
    }
    const rate = (covered / intervals).toFixed(3);
    return `${name.padEnd(12)}${String(intervals).padStart(9)} ${rate} ${
      String(without).padStart(9)
    }`;
  });
  return [
    "\nWeeks of the year over six years, 37 N",
    "world         approx. covered   descr.",
    ...rows,
  ].join("\n");
}
