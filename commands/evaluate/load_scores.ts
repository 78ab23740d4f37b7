import {
  type Annotation,
  type AnnotationOptions,
  joinPieces,
  readAnnotations,
  readCoverage,
  type ScoreRun,
} from "../../analysis/evaluation/mod.ts";
import { nameOfUri, readBouts } from "../../analysis/exports/mod.ts";
import { parseTime } from "../../analysis/tables/mod.ts";
import { formatUtc, HOUR_MS, MegapteraError, type Span } from "../../core/mod.ts";
import { centreShift, type Edges, medianFilter } from "../../pipeline/bouts/mod.ts";
import { HOUR_BINS, type ScoredHour, type ScoreSet } from "../../pipeline/scores/mod.ts";
import { readText } from "../text_files.ts";

/** The median filter of scores. */
interface Filtering {
  /** Window of the median filter, seconds. */
  median: number;
  edges: Edges;
}

/** Scores around annotated time. */
interface NearScores {
  /** Filtered scores, hours that follow each other together. */
  runs: ScoreRun[];
  /** Starts of the recordings that they were made from, by name without folders and ending. */
  starts: ReadonlyMap<string, readonly number[]>;
}

/**
 * Reads the hours of scores that touch annotated time or lie beside it, no others, and filters them.
 *
 * @param set The scores.
 * @param covered Annotated time, ascending, not empty.
 * @param filtering The filter.
 * @returns Filtered scores, and the recordings that they were made from.
 * @throws {MegapteraError} `data` where there are none, or scores are not to be taken.
 */
export async function loadScores(
  set: ScoreSet,
  covered: readonly Span[],
  { median, edges }: Filtering,
): Promise<NearScores> {
  // The reach of the filter's window, and an hour for bouts that begin or end outside.
  const marginMs = HOUR_MS + Math.ceil(median / 2) * 1000;
  const isNear = (hourMs: number): boolean =>
    covered.some(({ startMs, stopMs }) =>
      startMs - marginMs < hourMs + HOUR_MS && stopMs + marginMs > hourMs
    );
  const runs: ScoreRun[] = [];
  const starts = new Map<string, number[]>();
  let run: ScoredHour[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    const scores = new Float64Array(run.length * HOUR_BINS);
    run.forEach((hour, i) => scores.set(hour.scores, i * HOUR_BINS));
    runs.push({ startMs: run[0].hourMs, scores: medianFilter(scores, median, edges) });
    run = [];
  };
  for await (const hour of set.read(isNear)) {
    if (run.at(-1)?.hourMs !== hour.hourMs - HOUR_MS) endRun();
    run.push(hour);
    for (const { uri, start } of hour.manifest?.files ?? []) {
      const name = stemOf(nameOfUri(uri));
      const known = starts.get(name) ?? [];
      if (!known.includes(Date.parse(start))) starts.set(name, [...known, Date.parse(start)]);
    }
  }
  endRun();
  if (runs.length > 0) return { runs, starts };
  throw new MegapteraError(
    "data",
    `Cannot evaluate the scores in ${set.name} as they have no hour of the annotated time, which ` +
      `starts at ${formatUtc(covered[0].startMs)}.`,
  );
}

/**
 * Checks that recordings start when the scores say that they do: with another zone or start than
 * they were scored with, all marks would lie at a wrong time.
 *
 * @param marks Marks of bouts and annotations.
 * @param scores Those around annotated time.
 * @throws {MegapteraError} `data`, naming the first recording whose start differs.
 */
export function checkStarts(marks: readonly Annotation[], { starts }: NearScores): void {
  for (const { recording, recordingMs } of marks) {
    if (recording === undefined || recordingMs === undefined) continue;
    const known = starts.get(stemOf(recording));
    if (!known || known.some((startMs) => Math.abs(startMs - recordingMs) <= 1000)) continue;
    throw new MegapteraError(
      "data",
      `Cannot evaluate marks in ${recording} as it is taken to start at ${
        formatUtc(recordingMs)
      }, ` +
        `and was scored as one that starts at ${formatUtc(known[0])}: give --timezone or ` +
        "--recording-start as for score.",
    );
  }
}

/** Takes a recording's name without folders and endings, as tables about it are named too. */
function stemOf(path: string): string {
  const base = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return base.replace(/\.Table\.\d+\.selections(?=\.)/, "").replace(/\.[^.]*$/, "").toLowerCase();
}

/** Measures from a bin's own centre to that of the audio it hears, in whole milliseconds as bouts do. */
export function shiftOf({ origin }: ScoreSet): number {
  return Math.round(centreShift(origin.windowSeconds) * 1000);
}

/**
 * Reads files of bouts or annotations, one after the other; marks that the ends of recordings have
 * split are joined.
 */
export async function readMarks(
  paths: readonly string[],
  options: AnnotationOptions,
): Promise<Annotation[]> {
  const marks: Annotation[] = [];
  for (const path of paths) marks.push(...await readFile(path, options));
  return joinPieces(marks);
}

/** Reads one file: JSON and Parquet are of `calls` alone, the rest of whoever marks bouts. */
async function readFile(path: string, options: AnnotationOptions): Promise<Annotation[]> {
  if (!/\.(?:json|parquet)$/.test(path)) {
    return readAnnotations(await readText(path), path, options);
  }
  return (await readBouts(path)).map(({ startMs, stopMs, peakScore }, i) => ({
    startMs,
    stopMs,
    score: peakScore,
    label: "",
    line: i + 1,
  }));
}

/** Reads `--coverage`: two times with a slash between, or a CSV. */
export async function readCovered(text: string, options: AnnotationOptions): Promise<Span[]> {
  const parts = text.split("/");
  if (parts.length !== 2 || !parts.every((part) => /^\d{4}-\d\d-\d\d/.test(part))) {
    return readCoverage(await readText(text), text, options);
  }
  const [startMs, stopMs] = parts.map((part) => parseTime(wholeTime(part), options.timeZone));
  const rule = startMs === undefined || stopMs === undefined
    ? "it is no pair of times: say 2021-01-01/2021-02-01, or 2021-01-01T09:00Z/2021-01-01T17:30Z"
    : stopMs > startMs
    ? undefined
    : "it stops before it starts";
  if (rule === undefined) return [{ startMs: startMs!, stopMs: stopMs! }];
  throw new MegapteraError("usage", `Cannot evaluate over --coverage ${text} as ${rule}.`);
}

/** Completes a day by midnight, and an hour and minute by seconds. */
function wholeTime(text: string): string {
  return text.replace(/^([\d-]{10})$/, "$1T00:00").replace(
    /^([\d-]{10}[T ]\d\d:\d\d)(?!:)/,
    "$1:00",
  );
}
