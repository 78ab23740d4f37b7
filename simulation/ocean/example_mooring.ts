import { DAY_MS, HOUR_MS, SeededRandom } from "../../core/mod.ts";
import { type OceanEvent, type OceanPlan, planOcean } from "./events.ts";

/** A recording of a made-up mooring. */
export interface MooredRecording {
  /** Name of the file: local time, without a zone, as many recorders write it. */
  readonly name: string;
  /** Time of its first sample, epoch milliseconds. */
  readonly startMs: number;
  /** What is to be heard; nothing where the file can't be read. */
  readonly plan: OceanPlan | undefined;
}

/** Sample rate of the example's recordings, that of the published detector. */
export const EXAMPLE_RATE_HZ = 10_000;
/** Midnight of 2024-02-14 in Hawaii, which is 10 hours behind UTC all year. */
const FIRST_MS = Date.UTC(2024, 1, 14, 10);
const ZONE_MS = -10 * HOUR_MS;
const DAYS = 3;
const SECONDS = 120;
/** Recording that stands for a card that failed: noon of the second day. */
const UNREADABLE = 36;
const SEED = 14;

/** Share of recordings with song by the hour of the day: more of it at night, as off Maui. */
function songShare(hour: number): number {
  return hour < 6 || hour >= 18 ? 0.8 : 0.25;
}

/**
 * Plans three days of a mooring that records 2 minutes of every hour, with more song at night, and
 * one file that can't be read.
 *
 * @returns Its recordings in the order of time; the same each time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const recordings = exampleMooring();
 * assert.equal(recordings.length, 72);
 * assert.equal(recordings[18].name, "MADEUP_20240214_180000.wav");
 * ```
 */
export function exampleMooring(): MooredRecording[] {
  return Array.from({ length: DAYS * DAY_MS / HOUR_MS }, (_, index) => {
    const startMs = FIRST_MS + index * HOUR_MS;
    const local = new Date(startMs + ZONE_MS).toISOString();
    const name = `MADEUP_${local.slice(0, 10).replaceAll("-", "")}_${local.slice(11, 13)}0000.wav`;
    const plan = index === UNREADABLE ? undefined : planRecording(index);
    return { name, startMs, plan };
  });
}

function planRecording(index: number): OceanPlan {
  const random = new SeededRandom(SEED, index);
  const { events, ...plan } = planOcean({ seed: random.uint32(), durationSeconds: SECONDS });
  const others = events.filter(({ kind }) => kind !== "song");
  if (random.between(0, 1) >= songShare(index % 24)) return { ...plan, events: others };
  const startSeconds = random.between(0, 50);
  const song: OceanEvent = {
    kind: "song",
    seed: random.uint32(),
    startSeconds,
    stopSeconds: Math.min(SECONDS, startSeconds + random.between(40, 110)),
    levelDb: random.between(10, 18),
  };
  return { ...plan, events: [song, ...others] };
}
