/** Result of the network for a batch of windows. */
export interface EngineResult {
  /** 0 to 1, `[windows, classes]`. */
  scores: Float32Array;
  /**
   * Logits that the scores are the sigmoid of, `[windows, classes]`, where the network gives them.
   */
  logits?: Float32Array;
  /** Inputs of the last layer, `[windows, width]`, where the network gives them. */
  features?: Float32Array;
}

/**
 * Runs a network over batches of windows, on threads of its own. Which windows share a batch never
 * changes a score.
 */
export interface Engine {
  /** Name of the engine, and its version: for the manifest's record of the run. */
  readonly description: string;
  /** Windows a batch that it is quickest with. */
  readonly batchWindows: number;
  /**
   * Scores a batch. Several calls may be under way; they are answered in order.
   *
   * @param windows What the front end makes, PCEN windows `[n, 128, 64]` or samples `[n, samples]`;
   *   the buffer is handed over and can't be used after.
   * @returns What the network says of each window.
   */
  run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult>;
  /** Ends the engine's threads. */
  close(): void;
}
