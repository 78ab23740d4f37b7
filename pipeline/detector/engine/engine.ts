/** What the network says of a batch of windows. */
export interface EngineResult {
  /** Before the sigmoid, `[windows, classes]`. */
  logits: Float32Array;
  /** After it, 0 to 1, `[windows, classes]`. */
  scores: Float32Array;
  /** What the last layer sees, `[windows, width]`. */
  features: Float32Array;
}

/**
 * Runs a network over batches of windows, on threads of its own. Which windows share a batch never
 * changes a score.
 */
export interface Engine {
  /** Which engine, and its version: for the manifest's record of the run. */
  readonly description: string;
  /** Windows a batch that it is quickest with. */
  readonly batchWindows: number;
  /**
   * Scores a batch. Several calls may be under way; they are answered in order.
   *
   * @param windows PCEN windows `[n, 128, 64]`; the buffer is handed over and can't be used after.
   * @returns Logits, scores and features of each window.
   */
  run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult>;
  /** Ends the engine's threads. */
  close(): void;
}
