import { MegapteraError, type Span, TimeZone } from "../../core/mod.ts";
import {
  certainAnnotations,
  joinPieces,
  readAnnotations,
  readCoverage,
} from "../../analysis/evaluation/mod.ts";
import { findSite, readSites, type Site } from "../../pipeline/timeline/mod.ts";

/** Your own data, as the first cell of a notebook names it. */
export interface OwnData {
  /** Folder of hourly score files; without it, simulated data is shown. */
  scores?: string | undefined;
  /** Where the hydrophone stands: `mars`, `sanctsound-mb01`, or a name in `sites`. */
  site?: string | undefined;
  /** A JSON file of your own sites (docs/archives.md). */
  sites?: string | undefined;
  /**
   * Zone of local time, such as `Pacific/Honolulu`: hours of the day are shown in it (else in solar
   * time at the site), and times of annotations that give no zone are read in it (else as UTC).
   */
  zone?: string | undefined;
  /** Filtered score from which a second is positive, 0 to 1. */
  threshold?: number | undefined;
  /** A file of annotations: Raven, Audacity or CSV. */
  annotations?: string | undefined;
  /** A CSV of what was listened to (docs/evaluation.md). */
  coverage?: string | undefined;
}

/** Names of what the first cell may hold. */
const NAMES = ["scores", "site", "sites", "zone", "threshold", "annotations", "coverage"];

/** Makes a fault that a notebook shows as one sentence, without the way to it. */
export function sentence(error: unknown): unknown {
  if (!(error instanceof MegapteraError)) return error;
  const fault = new Error(error.message);
  fault.name = "Stopped";
  fault.stack = error.message;
  return fault;
}

/** Refuses what the first cell can't hold: a name misspelt, a threshold that is none. */
export function checkOwn(own: OwnData): void {
  const strange = Object.keys(own).find((name) => !NAMES.includes(name));
  if (strange !== undefined) {
    throw wrongCell(`there is no \`${strange}\`: known are ${NAMES.join(", ")}`);
  }
  const { threshold = 0.5, zone } = own;
  if (!(threshold >= 0 && threshold <= 1)) {
    throw wrongCell(`\`threshold\` must be from 0 to 1: it is ${threshold}`);
  }
  if (zone !== undefined) new TimeZone(zone);
  if ((own.annotations === undefined) !== (own.coverage === undefined)) {
    throw wrongCell("`annotations` and `coverage` belong together: name both files or none");
  }
}

function wrongCell(rule: string): MegapteraError {
  return new MegapteraError("usage", `Cannot use the first cell as ${rule}.`);
}

/**
 * Finds the site that the first cell names.
 *
 * @param own What the first cell names.
 * @returns The site; nothing where it names none.
 * @throws {MegapteraError} Where there is no such site, or the file can't be read.
 */
export async function siteOf({ site, sites }: OwnData): Promise<Site | undefined> {
  if (site === undefined) return undefined;
  return findSite(site, sites === undefined ? [] : readSites(await textOf(sites), sites));
}

/**
 * Reads the annotations that the first cell names; doubtful ones are left out, and so is their time.
 *
 * @param own What the first cell names.
 * @returns What is marked, and the time that counts; nothing where it names no annotations.
 * @throws {MegapteraError} Where a file can't be read.
 */
export async function marksOf(
  { annotations, coverage, zone }: OwnData,
): Promise<{ song: Span[]; covered: Span[] } | undefined> {
  if (annotations === undefined || coverage === undefined) return undefined;
  const clock = zone === undefined ? {} : { timeZone: new TimeZone(zone) };
  const marks = joinPieces(readAnnotations(await textOf(annotations), annotations, clock));
  const listened = readCoverage(await textOf(coverage), coverage, clock);
  const { counted, covered } = certainAnnotations(
    marks.filter(({ isWholeFile }) => !isWholeFile),
    listened,
  );
  return { song: counted, covered };
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "there is no such file" : String(cause);
    throw new MegapteraError("data", `Cannot read ${path} as ${reason}.`, { cause });
  }
}
