import { SeededRandom } from "../../core/mod.ts";

/** Kind of sound in a made-up ocean, besides its noise. */
export type SoundKind = "song" | "ship" | "rain" | "tone" | "clicks" | "rumble" | "knocks";

/** Form of a tone over time. */
export type ToneForm = "steady" | "drifting" | "harmonic" | "pulsed";

interface Span {
  /** Start, in seconds from the start of the ocean. */
  readonly startSeconds: number;
  /** Stop, in seconds from the start of the ocean. */
  readonly stopSeconds: number;
  /**
   * RMS where it is strongest, in dB above the RMS of the ocean's noise from 100 to 2,000 Hz; for
   * clicks and knocks the peak instead.
   */
  readonly levelDb: number;
}

/** One sound that is placed in an ocean; the seed draws everything else about it. */
export type OceanEvent =
  & Span
  & { readonly seed: number }
  & (
    | { readonly kind: Exclude<SoundKind, "tone"> }
    | { readonly kind: "tone"; readonly form: ToneForm }
  );

/** Span of one kind of sound as it truly is; a span of song has no silence above 2 s inside. */
export interface TruthSpan extends Span {
  readonly kind: SoundKind;
}

/** Everything that decides what an ocean sounds like. */
export interface OceanPlan {
  /** Draws the ocean's own noise. */
  readonly seed: number;
  readonly durationSeconds: number;
  readonly events: readonly OceanEvent[];
}

/** Ranges that an event of a kind is drawn from. */
interface Habit {
  readonly seconds: readonly [number, number];
  readonly levelDb: readonly [number, number];
}

const HABITS: Record<SoundKind, Habit> = {
  song: { seconds: [15, 150], levelDb: [4, 20] },
  ship: { seconds: [90, 420], levelDb: [4, 18] },
  rain: { seconds: [40, 240], levelDb: [-6, 12] },
  tone: { seconds: [15, 180], levelDb: [-10, 10] },
  clicks: { seconds: [10, 60], levelDb: [8, 26] },
  rumble: { seconds: [8, 45], levelDb: [6, 22] },
  knocks: { seconds: [10, 60], levelDb: [6, 22] },
};

const TONE_FORMS: readonly ToneForm[] = ["steady", "drifting", "harmonic", "pulsed"];

/** One lane of a plan: its events never overlap each other. */
interface Lane {
  readonly kinds: readonly SoundKind[];
  /** Silence between events, in seconds. */
  readonly gapSeconds: readonly [number, number];
}

const LANES: readonly Lane[] = [
  { kinds: ["song"], gapSeconds: [15, 180] },
  { kinds: ["ship", "rain", "tone"], gapSeconds: [5, 60] },
  { kinds: ["clicks", "rumble", "knocks", "tone"], gapSeconds: [10, 120] },
];

/** Song lasts at least as long as the longest unit. */
const SHORTEST_SECONDS = 8;

function drawLane(random: SeededRandom, lane: Lane, durationSeconds: number): OceanEvent[] {
  const events: OceanEvent[] = [];
  let now = random.between(0, lane.gapSeconds[1]);
  while (true) {
    const kind = random.pick(lane.kinds);
    const { seconds, levelDb } = HABITS[kind];
    const stopSeconds = Math.min(now + random.octaves(...seconds), durationSeconds);
    if (stopSeconds - now < SHORTEST_SECONDS) return events;
    const event = {
      seed: random.uint32(),
      startSeconds: now,
      stopSeconds,
      levelDb: random.between(...levelDb),
    };
    events.push(
      kind === "tone" ? { ...event, kind, form: random.pick(TONE_FORMS) } : { ...event, kind },
    );
    now = stopSeconds + random.octaves(...lane.gapSeconds);
  }
}

/**
 * Draws a plausible, busy ocean: song comes and goes, over or beside ships, rain, tones, clicks,
 * rumbles and knocks.
 *
 * @param options Seed and length in seconds.
 * @returns The plan, for `makeOcean`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const plan = planOcean({ seed: 5, durationSeconds: 600 });
 * assert(plan.events.every(({ stopSeconds }) => stopSeconds <= 600));
 * ```
 */
export function planOcean(options: { seed: number; durationSeconds: number }): OceanPlan {
  const { seed, durationSeconds } = options;
  const events = LANES.flatMap((lane, index) =>
    drawLane(new SeededRandom(seed, 0x91, index), lane, durationSeconds)
  );
  return { seed, durationSeconds, events };
}

/** Minutes and seconds of the hour, in seconds. */
const at = (minutes: number, seconds = 0): number => minutes * 60 + seconds;

/**
 * Plans the hour that `megaptera demo` listens to: six bouts of song, near and far, two of them
 * under a ship and in rain, and everything else that a detector of song must not take for it.
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
