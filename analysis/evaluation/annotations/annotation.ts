import type { TimeZone } from "../../../pipeline/recording/time_zone.ts";
import type { Event } from "../event.ts";

/** A row of a file of calls or annotations. */
export interface Annotation extends Event {
  /** What the row says it is; empty where it does not. */
  label: string;
  /** Line of the file, from 1. */
  line: number;
}

/** What a file of calls or annotations does not say itself. */
export interface AnnotationOptions {
  /** An ISO 8601 time: when the one recording starts that seconds count from. */
  recordingStart?: string;
  /** The zone of times without one; UTC unless given. */
  timeZone?: TimeZone;
  /** Column of the label; the first of the usual ones unless given. */
  labelColumn?: string;
}
