import { HOUR_MS, MegapteraError } from "../../core/mod.ts";
import { openReadable, type ReadableStorage, type RemoteAccess } from "../places/mod.ts";
import type { TimeSpan } from "../timeline/mod.ts";
import type { Manifest } from "./manifest.ts";
import { readScoreHour, readScoreManifest } from "./read_score_hour.ts";
import { type NoEffortSpan, reasonWords, recordedSpans } from "./reasons.ts";
import { type DoubledRecordings, RecordingStarts } from "./recording_starts.ts";
import { listScoreFiles, type ScoreFile } from "./score_files.ts";
import { readAhead } from "./score_set.ts";

/** Hours that are looked at at the same time. */
const AHEAD = 16;

/**
 * Verdict on an hour. `whole`: its scores are there. `no audio`: it is known why there are none.
 * `missing`: nothing is known of it. `damaged`: what is there is not what was written. `unknown
 * origin`: scores without a manifest.
 */
export interface HourVerdict {
  hourMs: number;
  state: "whole" | "no audio" | "missing" | "damaged" | "unknown origin";
  /** Why, in a few words; empty for `whole`. */
  reason: string;
  effortSeconds: number;
  /** Spans that were recorded of it, to the second; nothing where no manifest says it. */
  recorded: TimeSpan[];
  fingerprint?: string;
  /** Spans of it without effort, where its manifest tells them. */
  noEffort?: readonly NoEffortSpan[];
}

/** Range of hours to verify, and how deeply. */
export interface VerifyOptions {
  /** First hour, epoch milliseconds; the first that is there by default. */
  startMs?: number | undefined;
  /** The hour after the last; the one after the last that is there by default. */
  stopMs?: number | undefined;
  /** Reads and hashes all scores, and not only those that are older than their manifest. */
  deep?: boolean | undefined;
  /** Hears at the end of recordings that lie there under two starts. */
  onDoubled?: ((doubled: DoubledRecordings) => void) | undefined;
  /** Stops verifying. */
  signal?: AbortSignal | undefined;
  /** Access to S3; as the AWS tools have it by default. */
  access?: RemoteAccess | undefined;
}

/**
 * Checks that every hour of a range is there, or missing with a reason.
 *
 * @param source A folder's path, `s3://bucket/prefix`, or a storage.
 * @param options Which hours, and how deeply.
 * @returns One verdict an hour, ascending.
 * @throws {MegapteraError} `data` where it can't be listed, `denied` or `retry` where it can't be read.
 */
export async function* verifyScores(
  source: string | ReadableStorage,
  options: VerifyOptions = {},
): AsyncGenerator<HourVerdict> {
  const storage = typeof source === "string" ? openReadable(source, options.access) : source;
  const { hours } = await listScoreFiles(storage, true);
  const startMs = options.startMs ?? hours.at(0)?.hourMs ?? 0;
  const stopMs = options.stopMs ?? (hours.at(-1)?.hourMs ?? -HOUR_MS) + HOUR_MS;
  const known = new Map(hours.map((file) => [file.hourMs, file]));
  const files: ScoreFile[] = [];
  for (let hourMs = startMs; hourMs < stopMs; hourMs += HOUR_MS) {
    files.push(known.get(hourMs) ?? { hourMs });
  }
  const deep = options.deep === true;
  const starts = new RecordingStarts();
  const found = readAhead(files, AHEAD, (file) => verifyHour(storage, file, deep));
  for await (const { manifest, ...verdict } of found) {
    options.signal?.throwIfAborted();
    if (manifest) starts.add(verdict.hourMs, manifest);
    yield verdict;
  }
  const doubled = await starts.doubled(storage, hours);
  if (doubled) options.onDoubled?.(doubled);
}

/**
 * Tells whether a manifest may have been replaced without its scores: they are written after it. A run
 * with `--force` that was killed leaves that.
 */
function isReplaced({ csvMs = Infinity, manifestMs = 0 }: ScoreFile): boolean {
  return csvMs < manifestMs;
}

async function verifyHour(
  storage: ReadableStorage,
  file: ScoreFile,
  deep: boolean,
): Promise<HourVerdict & { manifest?: Manifest }> {
  const { hourMs, csvPath, manifestPath } = file;
  const verdict = (state: HourVerdict["state"], reason: string): HourVerdict => ({
    hourMs,
    state,
    reason,
    effortSeconds: 0,
    recorded: [],
  });
  if (csvPath === undefined && manifestPath === undefined) {
    return verdict("missing", "it was never scored");
  }
  try {
    const { manifest, scores } = csvPath !== undefined && (deep || isReplaced(file))
      ? await readScoreHour(storage, file)
      : { manifest: await readScoreManifest(storage, file) };
    if (!manifest) return verdict("unknown origin", "its scores have no manifest");
    if (manifest.csv && csvPath === undefined) {
      return verdict("missing", "its scores are gone, though it was scored");
    }
    const { effortSeconds, fingerprint, noEffort } = manifest;
    const recorded = recordedSpans(hourMs, noEffort);
    const found = scores?.reduce((sum, score) => Number.isNaN(score) ? sum : sum + 1, 0);
    if (found !== undefined && found !== effortSeconds) {
      return verdict(
        "damaged",
        `it has ${found} s of effort, and ${effortSeconds} by its manifest`,
      );
    }
    const reasons = [...new Set(noEffort.map(({ reason }) => reasonWords(reason)))].join(
      ", ",
    );
    return manifest.csv === null
      ? { ...verdict("no audio", reasons), fingerprint, noEffort, manifest }
      : { ...verdict("whole", ""), effortSeconds, recorded, fingerprint, noEffort, manifest };
  } catch (error) {
    // A place that can't be read says nothing of what lies there.
    if (!(error instanceof MegapteraError) || error.kind !== "data") throw error;
    return verdict("damaged", error.message);
  }
}
