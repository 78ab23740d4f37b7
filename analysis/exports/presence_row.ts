/** Presence in an hour or a day, as `presence` counts it. */
export interface PresenceRow {
  /** First instant, and the one after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** Seconds with a score. */
  effortSeconds: number;
  /** Seconds that would have one had all been recorded that was planned; all unless given. */
  scheduledSeconds?: number;
  /** Positive seconds; nothing without effort. */
  positiveSeconds: number | null;
}

/** Formats that presence is written in. */
export const PRESENCE_FORMATS = ["csv", "pars", "pamscapes"] as const;

/** One of them. */
export type PresenceFormat = typeof PRESENCE_FORMATS[number];
