/** A span of time, `[startMs, stopMs)`, in epoch milliseconds. */
export interface Span {
  /** First instant. */
  startMs: number;
  /** The instant after the last. */
  stopMs: number;
}

/** A call, as a detector found it or as a person marked it. */
export interface Event extends Span {
  /** The detector's score; a person's mark has none. */
  score?: number;
}
