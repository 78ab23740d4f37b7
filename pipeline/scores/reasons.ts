import { z } from "zod";
import { formatUtc, withoutSecrets } from "../../core/mod.ts";
import { sourceName } from "../places/mod.ts";
import { type AbsentRecording, type Run, runStopMs, type TimeSpan } from "../timeline/mod.ts";
import { HOUR_BINS } from "./hour.ts";

/** The kinds of reasons for no effort, and the words for each. */
const WORDS = {
  "no-recording": "no recording",
  missing: "missing recording",
  forbidden: "forbidden recording",
  unreadable: "unreadable recording",
  dead: "dead audio",
  window: "window not whole",
  "not-finite": "samples that are not finite",
} as const;

/**
 * Kind of a reason for no effort. `no-recording`: no recording is known of that time; `missing`: a
 * recording that should be there is not; `forbidden`: it may not be read; `unreadable`: it is
 * there, but it or this part of it can't be scored; `dead`: its samples stand still; `window`: it
 * starts or ends within the window; `not-finite`: its samples are no numbers.
 */
export type NoEffortKind = keyof typeof WORDS;

/** Accepts a span without effort as manifests hold it. */
export const noEffortSchema = z.object({
  /** First bin without effort, and the bin after the last: ISO 8601 in UTC. */
  start: z.iso.datetime({ offset: false }),
  stop: z.iso.datetime({ offset: false }),
  reason: z.object({
    kind: z.enum(Object.keys(WORDS) as [NoEffortKind, ...NoEffortKind[]]),
    /** The recording that is to blame, where there is one. */
    uri: z.string().transform(withoutSecrets).optional(),
    /**
     * Version of the recording, its ETag or time of change, where it could be opened and yet not be
     * scored.
     */
    version: z.string().optional(),
  }),
});

/** Bins without effort, and why. */
export type NoEffortSpan = z.infer<typeof noEffortSchema>;
/** Reason why there is no effort. */
export type NoEffortReason = NoEffortSpan["reason"];

/** Tells whether a recording covers the time, but holds nothing there that can be scored. */
function isRecorded({ kind }: NoEffortReason): boolean {
  return kind === "dead" || kind === "window";
}

/**
 * Puts a reason into words.
 *
 * @param reason Why there is no effort.
 * @returns Such as `dead audio`, or `missing recording 20210101_050000.wav`.
 */
export function reasonWords({ kind, uri }: NoEffortReason): string {
  return uri === undefined ? WORDS[kind] : `${WORDS[kind]} ${sourceName({ uri })}`;
}

/** Seconds without effort for one kind of reason, and the recordings that are to blame. */
export interface LostEffort {
  kind: NoEffortKind;
  seconds: number;
  uris: ReadonlySet<string>;
}

/**
 * Adds up the seconds without effort by the kind of reason.
 *
 * @param spans Spans without effort, of any number of hours.
 * @returns One entry a kind, the most seconds first.
 */
export function lostEffort(spans: Iterable<NoEffortSpan>): LostEffort[] {
  const lost = new Map<NoEffortKind, { seconds: number; uris: Set<string> }>();
  for (const { start, stop, reason: { kind, uri } } of spans) {
    const of = lost.get(kind) ?? { seconds: 0, uris: new Set() };
    of.seconds += (Date.parse(stop) - Date.parse(start)) / 1000;
    if (uri !== undefined) of.uris.add(uri);
    lost.set(kind, of);
  }
  return [...lost].map(([kind, of]) => ({ kind, ...of })).sort((a, b) => b.seconds - a.seconds);
}

/**
 * Puts lost effort of one kind into words.
 *
 * @param lost What was lost.
 * @returns Such as `dead audio`, or `missing recording (12 files)`.
 */
export function lostWords({ kind, uris }: Pick<LostEffort, "kind" | "uris">): string {
  const files = uris.size === 1 ? "1 file" : `${uris.size} files`;
  return uris.size === 0 ? WORDS[kind] : `${WORDS[kind]} (${files})`;
}

/** Seconds without effort that one recording is to blame for. */
export interface LostRecording {
  readonly reason: NoEffortReason;
  readonly seconds: number;
}

/**
 * Adds up what each recording cost that can't be had, or turned out bad.
 *
 * @param spans Spans without effort.
 * @returns One entry a recording and kind, in the order that they are met.
 */
export function lostRecordings(spans: readonly NoEffortSpan[]): LostRecording[] {
  const named = spans.filter(({ reason }) => reason.uri !== undefined);
  const alike = Map.groupBy(named, ({ reason: { kind, uri } }) => `${kind} ${uri}`);
  return [...alike.values()].map((of) => ({ reason: of[0].reason, seconds: secondsOf(of) }));
}

function secondsOf(spans: readonly NoEffortSpan[]): number {
  return spans.reduce((sum, { start, stop }) => sum + (Date.parse(stop) - Date.parse(start)), 0) /
    1000;
}

/** Tells whether a recording that is named can't be had, or turned out bad. */
export function isRecordingLost(spans: readonly NoEffortSpan[]): boolean {
  return spans.some(({ reason }) => !isRecorded(reason) && reason.kind !== "no-recording");
}

/** Tells whether audio is missing, whatever the reason. */
export function isAudioMissing(spans: readonly NoEffortSpan[]): boolean {
  return spans.some(({ reason }) => !isRecorded(reason));
}

/**
 * Finds what was recorded of an hour, to the second.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param noEffort The hour's spans without effort, ascending.
 * @returns Spans, ascending.
 */
export function recordedSpans(hourMs: number, noEffort: readonly NoEffortSpan[]): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let fromMs = hourMs;
  for (const { start, stop, reason } of noEffort) {
    if (isRecorded(reason)) continue;
    if (Date.parse(start) > fromMs) spans.push({ startMs: fromMs, stopMs: Date.parse(start) });
    fromMs = Date.parse(stop);
  }
  const stopMs = hourMs + HOUR_BINS * 1000;
  return fromMs < stopMs ? [...spans, { startMs: fromMs, stopMs }] : spans;
}

/**
 * Counts the seconds of an hour that its recordings cover.
 *
 * @param hour The hour's spans without effort.
 * @returns Seconds, 0 to 3600.
 */
export function heardSeconds({ noEffort }: { noEffort: readonly NoEffortSpan[] }): number {
  const missing = lostEffort(noEffort.filter(({ reason }) => !isRecorded(reason)));
  return missing.reduce((left, { seconds }) => left - seconds, HOUR_BINS);
}

/** A part of a recording whose samples can't be had, epoch milliseconds. */
export interface LostTime {
  readonly startMs: number;
  readonly stopMs: number;
  readonly kind: "unreadable" | "not-finite";
  readonly uri: string;
  readonly version: string;
}

/**
 * Finds why each bin without a score has none.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param inputs What was recorded, and what can't be had: from its start up to its end, or where
 * that is not known to the next recording, its seconds are without effort for that reason. So are
 * those of which a part was lost.
 * @param scores `[3600]`, NaN without effort; all of them by default.
 * @param dead Bins whose window is of dead audio.
 * @returns Spans of bins with one reason each, ascending.
 */
export function noEffortSpans(
  hourMs: number,
  { runs, absent, lost = [] }: {
    runs: readonly Run[];
    absent: readonly AbsentRecording[];
    lost?: readonly LostTime[];
  },
  scores: Float64Array = new Float64Array(HOUR_BINS).fill(NaN),
  dead: ReadonlySet<number> = new Set(),
): NoEffortSpan[] {
  const reasonOf = (bin: number): NoEffortReason | undefined => {
    if (!Number.isNaN(scores[bin])) return undefined;
    const startMs = hourMs + bin * 1000;
    const within = lost.find((part) => part.startMs < startMs + 1000 && part.stopMs > startMs);
    if (within) return { kind: within.kind, uri: within.uri, version: within.version };
    if (dead.has(bin)) return { kind: "dead" };
    const recorded = runs.some((run) => run.startMs < startMs + 1000 && runStopMs(run) > startMs);
    if (recorded) return { kind: "window" };
    const missed = absent.findLast((file) =>
      file.startMs < startMs + 1000 &&
      (file.stopMs === undefined
        ? !runs.some((run) => run.startMs > file.startMs && run.startMs <= startMs)
        : file.stopMs > startMs)
    );
    if (!missed) return { kind: "no-recording" };
    const { kind, uri, version } = missed;
    return { kind, uri, ...(version === undefined ? {} : { version }) };
  };
  const spans: NoEffortSpan[] = [];
  let [first, reason] = [0, reasonOf(0)];
  for (let bin = 1; bin <= HOUR_BINS; bin++) {
    const next = bin < HOUR_BINS ? reasonOf(bin) : undefined;
    const isSame = next?.kind === reason?.kind && next?.uri === reason?.uri;
    if (bin < HOUR_BINS && isSame) continue;
    if (reason) {
      const [start, stop] = [formatUtc(hourMs + first * 1000), formatUtc(hourMs + bin * 1000)];
      spans.push({ start, stop, reason });
    }
    [first, reason] = [bin, next];
  }
  return spans;
}
