/** A recording as the timeline needs it: what its name and its header say. */
export interface TimelineEntry {
  readonly uri: string;
  readonly sizeBytes: number;
  readonly version: string;
  /** When its first frame was recorded, by its name: epoch milliseconds, an integer. */
  readonly startMs: number;
  /** How exactly the name gives that. */
  readonly resolutionMs: 1000 | 1;
  /** Whether the name gives no time zone, so that it was taken as UTC. */
  readonly isZoneAssumed?: true;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Number of frames, ≥ 1. */
  readonly frames: number;
  /** Where the entry is one stretch of a file among others: the whole file. */
  readonly within?: ContainingFile;
}

/** The file that an entry is a stretch of. */
export interface ContainingFile {
  /** The file's frame that is the entry's first. */
  readonly firstFrame: number;
  /** When the file's first frame was recorded, epoch milliseconds. */
  readonly startMs: number;
  /** Frames of the file. */
  readonly frames: number;
}

/** Frames of one recording as part of a run. */
export interface Segment {
  /** Which of the entries given to `timeline`. */
  readonly entryIndex: number;
  /** First frame used, counted in its file; the entry's before it were covered by an earlier file. */
  readonly entryFrame: number;
  /** Where that frame lies in the run. */
  readonly runFrame: number;
  readonly frames: number;
}

/** Continuous samples: frame n lies at exactly `startMs + n * 1000 / sampleRateHz`. */
export interface Run {
  /** Time of frame 0, epoch milliseconds, an integer. */
  readonly startMs: number;
  readonly sampleRateHz: number;
  readonly frames: number;
  /** In order and without holes. */
  readonly segments: readonly Segment[];
}

/** A span between two runs that no sample covers; slivers of less than 1 ms are left out. */
export interface Gap {
  readonly startMs: number;
  readonly stopMs: number;
  readonly afterUri: string;
  readonly beforeUri: string;
  /**
   * `missing`: no audio; `clock`: the sample clock was set anew, though no audio is missing;
   * `overlap`: after an overlap the later file begins at its next whole millisecond.
   */
  readonly cause: "missing" | "clock" | "overlap";
}

/** A span that two files cover; the first file's samples count. */
export interface Overlap {
  readonly firstUri: string;
  readonly secondUri: string;
  readonly startMs: number;
  readonly stopMs: number;
}

/** Where the sample clock had drifted from the names by more than 1 s and was set anew. */
export interface ClockReset {
  /** The file whose named start was taken. */
  readonly uri: string;
  readonly atMs: number;
  /** Its named start less the sample clock: above 0 where the samples ran short. */
  readonly driftMs: number;
}

/** What recordings cover. */
export interface Timeline {
  /** In order of time; no instant lies in two. */
  readonly runs: readonly Run[];
  readonly gaps: readonly Gap[];
  readonly overlaps: readonly Overlap[];
  readonly clockResets: readonly ClockReset[];
}
