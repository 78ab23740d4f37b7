import { SeededRandom } from "../../core/random.ts";
import { type Answer, answersOf, heardInFull, otherDetection, rangesOf } from "./answers.ts";
import { type DrawHeard, nearlyAll, uneven } from "./heard.ts";
import { type Site, sites } from "./sites.ts";
import { bouts, correlatedDays, longMemory, own, rareDays, slowDays, type World } from "./songs.ts";

/** How often intervals of one trust held, and tests rejected. */
export interface Held {
  intervals: number;
  covered: number;
  tests: number;
  /** Tests with p < 0.05. */
  rejected: number;
}

/** What became of one kind of interval or test. */
export interface Line {
  world: string;
  site: string;
  range: string;
  /** Whether night and day, and the years, differ. */
  apart: boolean;
  what: string;
  byTrust: Record<string, Held>;
  /** Mean width of its intervals, and of those that would cover 95 % of the estimates; summed. */
  width: number;
  needed: number;
}

/** How much of the campaign is run. */
export interface CampaignOptions {
  /** Replicates of each world at each site. */
  series: number;
  seed: number;
  /** Only worlds at sites whose names begin like one of these, as `own 65`; all by default. */
  only?: readonly string[] | undefined;
  /** Draws that the truth is the mean of; 400 by default. */
  truthDraws?: number | undefined;
}

/** The worlds, by name: who sings, and what is heard of it. */
const WORLDS: readonly [string, World, DrawHeard][] = [
  ["own", own, nearlyAll],
  ["bouts", bouts, nearlyAll],
  ["rare days", rareDays, nearlyAll],
  ["slow 0.85", slowDays(correlatedDays(0.85)), nearlyAll],
  ["slow 0.95", slowDays(correlatedDays(0.95)), nearlyAll],
  ["slow 0.98", slowDays(correlatedDays(0.98)), nearlyAll],
  ["long memory", slowDays(longMemory(0.3, 731)), nearlyAll],
  ["uneven", own, uneven],
];

/** Months by hours are 576 intervals in two years: of every fourth replicate they will do. */
const GRID_EVERY = 4;
/** Months with less song than this are told apart. */
const RARE = 0.02;

/**
 * Measures how often the intervals of `analysis/` cover the truth, and how often its tests reject,
 * where whales sing by several laws.
 *
 * @param options How much of it.
 * @returns The lines of each world, site and truth (alike or apart), as they are done.
 */
export function* runCampaign(options: CampaignOptions): Generator<Line[]> {
  const { only = [""] } = options;
  const places = sites();
  for (const [index, [world, singing, hearing]] of WORLDS.entries()) {
    for (const [place, site] of places.entries()) {
      if (!only.some((name) => `${world} ${site.name}`.startsWith(name))) continue;
      for (const apart of [false, true]) {
        const keys = [options.seed, index, place, apart ? 1 : 0];
        yield linesOf({ world, site, apart, draw: singing(site, apart), hearing, keys }, options);
      }
    }
  }
}

/** One world at one site. */
interface Cast {
  world: string;
  site: Site;
  apart: boolean;
  draw: ReturnType<World>;
  hearing: DrawHeard;
  /** What its random numbers start from. */
  keys: readonly number[];
}

function linesOf(cast: Cast, { series, truthDraws = 400 }: CampaignOptions): Line[] {
  const { world, site, apart, draw, hearing, keys } = cast;
  const ranges = rangesOf(site);
  const truths = truthsOf(cast, truthDraws);
  const lines = new Map<string, Line>();
  const widths = new Map<string, Width>();
  const song = new Float64Array(site.start.length);
  for (let one = 0; one < series; one++) {
    const random = new SeededRandom(...keys, 2, one);
    draw(random, song);
    const heard = hearing(random, song, site);
    const other = otherDetection(heard, apart, random);
    for (const [r, range] of ranges.entries()) {
      for (
        const [i, answer] of answersOf(site, range, heard, other, one % GRID_EVERY === 0).entries()
      ) {
        const truth = truths[r][i];
        const rare = answer.what.startsWith("month") && truth.value < RARE;
        const what = answer.what + (rare ? ", rare song" : "");
        const key = `${range.name}|${what}`;
        const line = lines.get(key) ??
          {
            world,
            site: site.name,
            range: range.name,
            apart,
            what,
            byTrust: {},
            width: 0,
            needed: 0,
          };
        lines.set(key, line);
        tally(line.byTrust, answer, truth, apart);
        const width = widths.get(`${r}|${i}`) ?? { line, intervals: 0, wide: 0, squares: 0 };
        widths.set(`${r}|${i}`, width);
        if (Number.isNaN(answer.low) || Number.isNaN(truth.value)) continue;
        width.intervals++;
        width.wide += answer.high - answer.low;
        width.squares += (answer.value - truth.value) ** 2;
      }
    }
  }
  for (const { line, intervals, wide, squares } of widths.values()) {
    if (intervals === 0) continue;
    line.width += wide / intervals;
    line.needed += 2 * 1.96 * Math.sqrt(squares / intervals);
  }
  return [...lines.values()];
}

/** Of one figure, over replicates: how wide its intervals are, and how far off its estimates. */
interface Width {
  line: Line;
  intervals: number;
  wide: number;
  squares: number;
}

/** The answers that the mean of all that might have been sung gives, heard in full. */
function truthsOf({ site, apart, draw, keys }: Cast, draws: number): Answer[][] {
  const song = new Float64Array(site.start.length);
  const mean = new Float64Array(song.length);
  for (let one = 0; one < draws; one++) {
    draw(new SeededRandom(...keys, 1, one), song);
    for (let cell = 0; cell < song.length; cell++) mean[cell] += song[cell] / draws;
  }
  const full = heardInFull(mean);
  const second = full.positive.map((seconds) => apart ? 0.8 * seconds : seconds);
  return rangesOf(site).map((range) => answersOf(site, range, full, second, true));
}

function tally(
  byTrust: Record<string, Held>,
  answer: Answer,
  truth: Answer,
  apart: boolean,
): void {
  // Heard in full there are no gaps: nothing is different near them, where the sun changes nothing.
  const value = answer.what === "near gaps" && !apart ? 0 : truth.value;
  if (Number.isNaN(value)) return;
  const held = byTrust[answer.trust] ??= { intervals: 0, covered: 0, tests: 0, rejected: 0 };
  held.intervals++;
  if (answer.low <= value && value <= answer.high) held.covered++;
  if (answer.p !== undefined && !Number.isNaN(answer.p)) {
    held.tests++;
    if (answer.p < 0.05) held.rejected++;
  }
}
