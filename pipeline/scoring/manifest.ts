import { z } from "zod";
import { parseJson } from "../parse_json.ts";

const instant = z.iso.datetime({ offset: false });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);

const fileSchema = z.strictObject({
  /** Where the recording is: `file:///…`. */
  uri: z.string(),
  sizeBytes: whole,
  /** ETag, or the modification time of a file on disk. */
  version: z.string(),
  /** Time of the recording's first frame. */
  start: instant,
  frames: whole,
  sampleRateHz: whole,
  channels: whole,
});

const segmentSchema = z.strictObject({
  /** Which of `files`. */
  file: whole,
  /** The span of time that the file gives, cut to what the hour's windows hear. */
  start: instant,
  stop: instant,
  /** Frame of the file at `start`. */
  fileFrame: whole,
});

const noEffortSchema = z.strictObject({
  /** First bin without effort, and the bin after the last. */
  start: instant,
  stop: instant,
  reason: z.string(),
});

const manifestSchema = z.strictObject({
  format: z.literal("megaptera-scores/1"),
  hour: instant,
  detector: z.strictObject({
    name: z.string(),
    /** Shown wherever its results are: a demo detector says here that it is one. */
    notice: z.string().optional(),
    weightsSha256: sha256,
    windowSeconds: z.number().positive(),
    hopSeconds: z.number().positive(),
    classNames: z.array(z.string()).min(1),
  }),
  /** Which of `classNames` the scores are of; left out where there is just one. */
  class: z.string().optional(),
  fingerprint: sha256,
  recipe: z.enum(["exact", "google", "mbari", "redun"]),
  clock: z.enum(["utc", "nominal"]),
  gain: z.number(),
  channel: whole,
  files: z.array(fileSchema),
  segments: z.array(segmentSchema),
  /** Overlaps, clocks set anew, headers that are odd: one sentence each. */
  notes: z.array(z.string()),
  effortSeconds: whole.max(3600),
  noEffort: z.array(noEffortSchema),
  /** `null` where the hour has no audio at all. */
  csv: z.strictObject({ name: z.string(), sha256 }).nullable(),
  /** What may differ between two runs that give the same scores. */
  run: z.strictObject({
    megaptera: z.string(),
    engine: z.string(),
    deno: z.string(),
    machine: z.string(),
    finished: instant,
    seconds: z.number().min(0),
  }),
}).superRefine(({ segments, files, csv, effortSeconds }, context) => {
  const lost = segments.findIndex(({ file }) => file >= files.length);
  if (lost >= 0) {
    const message = `there are ${files.length} files`;
    context.addIssue({ code: "custom", path: ["segments", lost, "file"], message });
  }
  if (csv === null && effortSeconds > 0) {
    const message = "an hour without scores has no effort";
    context.addIssue({ code: "custom", path: ["effortSeconds"], message });
  }
});

/** What lies beside an hour's scores: all that decided them, and where there was no effort. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A recording that gave audio to an hour. */
export type ManifestFile = Manifest["files"][number];
/** Which span of an hour lies where in which recording. */
export type ManifestSegment = Manifest["segments"][number];
/** Bins without effort, and why. */
export type NoEffortSpan = Manifest["noEffort"][number];

/**
 * Reads a manifest.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The manifest.
 * @throws {MegapteraError} `data`, naming the file and the first field that is wrong.
 */
export function parseManifest(text: string, name: string): Manifest {
  return parseJson(text, `the manifest ${name}`, manifestSchema);
}

/** The manifest as the text of its file. */
export function formatManifest(manifest: Manifest): string {
  return JSON.stringify(manifest, undefined, 2) + "\n";
}
