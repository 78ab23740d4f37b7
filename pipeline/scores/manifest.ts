import { z } from "zod";
import { parseJson, withoutSecrets } from "../../core/mod.ts";
import { familyRateHz } from "../detector/mod.ts";
import { type NoEffortReason, noEffortSchema } from "./reasons.ts";

const instant = z.iso.datetime({ offset: false });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);

const fileSchema = z.object({
  /** Address of the recording: `file:///…`; earlier releases wrote down what signs an address. */
  uri: z.string().transform(withoutSecrets),
  sizeBytes: whole,
  /** ETag, or the modification time of a file on disk. */
  version: z.string(),
  /** Time of the recording's first frame. */
  start: instant,
  frames: whole,
  sampleRateHz: whole,
  channels: whole,
  /** Whether its name gives no time zone, so that its start was taken as UTC. */
  zoneAssumed: z.literal(true).optional(),
  /** The disk failed to give a part of it: the hour is scored again by the next run. */
  failed: z.literal(true).optional(),
});

const segmentSchema = z.object({
  /** Index into `files`. */
  file: whole,
  /** The span of time that the file gives, cut to what the hour's windows hear. */
  start: instant,
  stop: instant,
  /** Frame of the file at `start`. */
  fileFrame: whole,
});

/** Manifests of this format are written; those of format 1 are read. */
const FORMAT = "megaptera-scores/2";
const FORMAT_1 = "megaptera-scores/1";

const manifestSchema = z.object({
  format: z.literal(FORMAT, {
    error: ({ input }) =>
      `it is ${JSON.stringify(input)}, and this release reads ${FORMAT_1} and ${FORMAT}`,
  }),
  hour: instant,
  detector: z.object({
    name: z.string(),
    /** Shown wherever its results are: a demo detector says here that it is one. */
    notice: z.string().optional(),
    weightsSha256: sha256,
    /** Rate of the audio that it hears; manifests of earlier releases have none. */
    sampleRateHz: whole.min(1).optional(),
    windowSeconds: z.number().positive(),
    hopSeconds: z.number().positive(),
    classNames: z.array(z.string()).min(1),
    /** Usual rules by which its scores become bouts. */
    calls: z.object({
      medianSeconds: whole.optional(),
      gapSeconds: whole.optional(),
      minSeconds: whole.optional(),
    }).optional(),
  }),
  /**
   * Name among `classNames` of the class that the scores are of; left out where there is just one.
   */
  class: z.string().optional(),
  fingerprint: sha256,
  recipe: z.enum(["exact", "google", "mbari", "redun"]),
  clock: z.enum(["utc", "nominal"]),
  gain: z.number(),
  channel: whole,
  files: z.array(fileSchema),
  segments: z.array(segmentSchema),
  /** Overlaps, clocks set anew, headers that are odd: one sentence each. */
  notes: z.array(z.string().transform(withoutSecrets)),
  effortSeconds: whole.max(3600),
  noEffort: z.array(noEffortSchema),
  /** `null` where the hour has no audio at all. */
  csv: z.object({ name: z.string(), sha256 }).nullable(),
  /** Facts that may differ between two runs that give the same scores. */
  run: z.object({
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

/** Takes format 1 as well, which gave the reason for no effort as a sentence. */
const anyFormatSchema = z.preprocess((manifest) => {
  const { format, noEffort } = Object(manifest);
  if (format !== FORMAT_1) return manifest;
  const spans = Array.isArray(noEffort)
    ? noEffort.map((span) => ({ ...span, reason: reasonOfSentence(span?.reason) }))
    : noEffort;
  return { ...Object(manifest), format: FORMAT, noEffort: spans };
}, manifestSchema);

/** Reads the reasons of format 1; another sentence stays as it is, and is refused. */
function reasonOfSentence(sentence: unknown): NoEffortReason | unknown {
  if (typeof sentence !== "string") return sentence;
  if (sentence === "no recording") return { kind: "no-recording" };
  if (sentence === "dead audio") return { kind: "dead" };
  if (sentence === "window not whole") return { kind: "window" };
  const [, kind, file] = /^(missing|forbidden|unreadable) recording (.+)$/s.exec(sentence) ?? [];
  return kind === undefined ? sentence : { kind, uri: encodeURIComponent(file.toWellFormed()) };
}

/**
 * Content of the file beside an hour's scores: all that decided them, and where there was no
 * effort.
 */
export type Manifest = z.infer<typeof manifestSchema>;
/** A recording that gave audio to an hour. */
export type ManifestFile = Manifest["files"][number];
/** Span of an hour, and where it lies in which recording. */
export type ManifestSegment = Manifest["segments"][number];

/**
 * Reads a manifest of this format, or of format 1.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The manifest, as format 2 has it. Fields that are not known are left out.
 * @throws {MegapteraError} `data`, naming the file and the first field that is wrong, or its format
 * where this release does not know it.
 */
export function parseManifest(text: string, name: string): Manifest {
  return parseJson(text, `the manifest ${name}`, anyFormatSchema);
}

/**
 * Tells at which rate the detector of a manifest heard a recording: it hears from 0 to half of it.
 *
 * @param detector The manifest's detector.
 * @param recordingRateHz The recording's own rate: where an earlier release did not write the
 * detector's, and it is none of the published family, it heard no more than that holds.
 * @returns The rate in Hz.
 */
export function heardRateHz(
  { sampleRateHz, windowSeconds }: Manifest["detector"],
  recordingRateHz: number,
): number {
  return sampleRateHz ?? familyRateHz(windowSeconds) ?? recordingRateHz;
}

/** Names the class that a manifest's scores are of. */
export function classOf({ class: named, detector }: Manifest): string {
  return named ?? detector.classNames[0];
}

/** Writes the manifest as the text of its file. */
export function formatManifest(manifest: Manifest): string {
  return JSON.stringify(manifest, undefined, 2) + "\n";
}
