import {
  type Annotation,
  type AnnotationOptions,
  parseTime,
  readAnnotations,
  readCoverage,
  type Span,
} from "../../analysis/evaluation/mod.ts";
import { MegapteraError } from "../../pipeline/errors.ts";

/** Reads files of calls or annotations, one after the other. */
export async function readMarks(
  paths: readonly string[],
  options: AnnotationOptions,
): Promise<Annotation[]> {
  const marks: Annotation[] = [];
  for (const path of paths) marks.push(...readAnnotations(await readText(path), path, options));
  return marks;
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

/** A file's text, which must be UTF-8. */
async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    const { message } = cause as Error;
    const missing = cause instanceof Deno.errors.NotFound;
    throw new MegapteraError(
      missing ? "data" : "denied",
      `Cannot read ${path}: ${missing ? "there is no such file" : message}.`,
      { cause },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MegapteraError(
      "data",
      `Cannot read ${path} as it is not UTF-8 text: save it as UTF-8 (or CSV UTF-8).`,
      { cause },
    );
  }
}
