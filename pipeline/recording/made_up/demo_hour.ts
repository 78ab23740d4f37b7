import type { OceanPlan } from "./ocean_event.ts";

/** Minutes and seconds of the hour, in seconds. */
const at = (minutes: number, seconds = 0): number => minutes * 60 + seconds;

/**
 * The hour that `deno task demo` listens to: six bouts of song, near and far, two of them under a
 * ship and in rain, and everything else that a detector of song must not take for it.
 *
 * @returns The plan, for `makeOcean`.
 */
export function demoHour(): OceanPlan {
  return {
    seed: 1971,
    durationSeconds: 3600,
    events: [
      { kind: "song", seed: 11, startSeconds: at(4, 10), stopSeconds: at(7, 20), levelDb: 16 },
      { kind: "ship", seed: 12, startSeconds: at(9, 30), stopSeconds: at(19), levelDb: 16 },
      { kind: "song", seed: 13, startSeconds: at(17), stopSeconds: at(19, 30), levelDb: 14 },
      {
        kind: "tone",
        form: "pulsed",
        seed: 14,
        startSeconds: at(21, 30),
        stopSeconds: at(23, 30),
        levelDb: 4,
      },
      { kind: "song", seed: 15, startSeconds: at(26), stopSeconds: at(28, 30), levelDb: 9 },
      { kind: "knocks", seed: 16, startSeconds: at(29, 30), stopSeconds: at(30, 20), levelDb: 16 },
      { kind: "rain", seed: 17, startSeconds: at(31), stopSeconds: at(38), levelDb: 6 },
      { kind: "song", seed: 18, startSeconds: at(33), stopSeconds: at(36), levelDb: 14 },
      { kind: "rumble", seed: 19, startSeconds: at(38, 40), stopSeconds: at(39, 20), levelDb: 20 },
      {
        kind: "tone",
        form: "steady",
        seed: 20,
        startSeconds: at(40),
        stopSeconds: at(43),
        levelDb: 4,
      },
      { kind: "song", seed: 21, startSeconds: at(44), stopSeconds: at(46, 30), levelDb: 12 },
      {
        kind: "tone",
        form: "harmonic",
        seed: 22,
        startSeconds: at(47, 30),
        stopSeconds: at(50),
        levelDb: 6,
      },
      { kind: "clicks", seed: 23, startSeconds: at(50, 40), stopSeconds: at(51, 40), levelDb: 22 },
      { kind: "song", seed: 24, startSeconds: at(53), stopSeconds: at(57, 30), levelDb: 20 },
    ],
  };
}
