import type { RecordingStartOptions } from "../../../pipeline/timeline/mod.ts";
import type { Event } from "../event.ts";

/** A row of a file of calls or annotations. */
export interface Annotation extends Event {
  /** What the row says it is; empty where it does not. */
  label: string;
  /** Line of the file, from 1. */
  line: number;
  /** The recording that the row counts seconds from, and its start; nothing where it has times. */
  recording?: string;
  recordingMs?: number;
  /** Set where the row says that the whole recording holds its label, and others mark calls in it. */
  isWholeFile?: boolean;
  /** Number of the call that the row is of, in a Raven table that `calls` wrote. */
  call?: string;
}

/** What a file of calls or annotations does not say itself, and how names of recordings are read. */
export interface AnnotationOptions extends RecordingStartOptions {
  /** Takes the names that give no time zone, so that they were taken as UTC. */
  zonelessNames?: Set<string>;
  /** Column of the label; the first of the usual ones unless given. */
  labelColumn?: string;
}
