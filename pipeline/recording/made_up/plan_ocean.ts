import { SeededRandom } from "../../../core/mod.ts";
import type { OceanEvent, OceanPlan, SoundKind, ToneForm } from "./ocean_event.ts";

/** What is drawn for an event of a kind. */
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
