import type { Light } from "../../analysis/sun/mod.ts";

/** Raised whenever a change makes other scores of the same seed. */
export const SIMULATION_REVISION = 1;

/**
 * Figures that the simulated years are drawn from. They are set to be like those published of MARS
 * from August 2015 to July 2017 (Ryan 2018, JASA 144:1953): none from June to August, over 80 % of
 * the song in November to January, 58 % of the time in November 2016, the second year half as much
 * again as the first; 69 % of the song at night, 23 % by day, 8 % at dusk and dawn.
 */
export const SONG_MODEL = {
  /** Part of the time with song in a strong year: month, day, part; straight lines between. */
  season: [
    [1, 15, 0.36],
    [2, 1, 0.18],
    [2, 15, 0.08],
    [3, 15, 0.05],
    [4, 15, 0.03],
    [5, 15, 0.01],
    [6, 1, 0],
    [9, 1, 0],
    [9, 15, 0.02],
    [10, 15, 0.08],
    [11, 1, 0.3],
    [11, 10, 0.643],
    [12, 1, 0.62],
    [12, 15, 0.52],
  ],
  /** Seasons that begin in August of an odd year have this part of a strong year's song. */
  weakYear: 1 / 1.51,
  /** Share of all song in each class of light. */
  shareOfSong: { night: 0.69, dawn: 0.04, day: 0.23, dusk: 0.04 } satisfies Record<Light, number>,
  /** A day's own strength: normal on the logit scale, correlated from day to day. */
  dayDeviation: 0.8,
  dayCorrelation: 0.85,
  /** Singing and silence come in stretches: at least, and on average beyond that, seconds. */
  stretchLeastSeconds: 60,
  stretchMeanSeconds: 600,
  /** Ships a day that the detector takes for song, and how long each passes, seconds. */
  shipsPerDay: 0.5,
  shipSeconds: [180, 600],
  /** Chance of an outage of days in a month, and its length, hours. */
  outageChance: 0.3,
  outageHours: [12, 144],
  /** Chance of a short interruption in a day, and its length, seconds. */
  interruptionChance: 0.15,
  interruptionSeconds: [60, 5_400],
  /** The recorder is tended on this day of the week (0 is Sunday), from this hour UTC, this long. */
  maintenance: { weekday: 3, hour: 17, seconds: 600 },
} as const;
