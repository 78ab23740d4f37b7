import {
  type Annotation,
  type AnnotationOptions,
  joinPieces,
  readAnnotations,
  readCoverage,
  type Span,
} from "../../analysis/evaluation/mod.ts";
import { readCalls } from "../../analysis/exports/mod.ts";
import { parseTime } from "../../analysis/tables/mod.ts";
import { MegapteraError } from "../../core/mod.ts";
import { readText } from "../read_text.ts";

/**
 * Reads files of calls or annotations, one after the other; what the ends of recordings have split
 * into several is one again.
 */
export async function readMarks(
  paths: readonly string[],
  options: AnnotationOptions,
): Promise<Annotation[]> {
  const marks: Annotation[] = [];
  for (const path of paths) marks.push(...await readFile(path, options));
  return joinPieces(marks);
}

/** JSON and Parquet are of `calls` alone, the rest of whoever marks calls. */
async function readFile(path: string, options: AnnotationOptions): Promise<Annotation[]> {
  if (!/\.(?:json|parquet)$/.test(path)) {
    return readAnnotations(await readText(path), path, options);
  }
  return (await readCalls(path)).map(({ startMs, stopMs, peakScore }, i) => ({
    startMs,
    stopMs,
    score: peakScore,
    label: "",
    line: i + 1,
  }));
}

/** Reads `--coverage`: two times with a slash between, or a CSV. */
export async function readCovered(text: string, options: AnnotationOptions): Promise<Span[]> {
  const [startMs, stopMs] = text.split("/").map((part) => parseTime(part, options.timeZone));
  if (startMs === undefined || stopMs === undefined) {
    return readCoverage(await readText(text), text, options);
  }
  if (stopMs > startMs) return [{ startMs, stopMs }];
  throw new MegapteraError(
    "usage",
    `Cannot evaluate over --coverage ${text} as it stops before it starts.`,
  );
}
