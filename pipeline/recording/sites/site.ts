import { z } from "zod";

/** A place that is recorded, and where its recordings are. */
export const siteSchema = z.strictObject({
  /** What `--site` calls it: lower case, digits and `-`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "it is of a-z, 0-9 and -"),
  /** Its name for people. */
  title: z.string().min(1),
  /** A template, prefix or folder, as `--source` takes it. */
  source: z.string().min(1),
  /** Region of the source's bucket, where it is one of S3. */
  region: z.string().optional(),
  /** Whether requests to the source are not signed, as a public bucket wants it. */
  unsigned: z.boolean().optional(),
  /** Degrees north. */
  latitude: z.number().min(-90).max(90),
  /** Degrees east. */
  longitude: z.number().min(-180).max(180),
  /** Depth of the hydrophone in metres. */
  depthM: z.number().min(0).max(11_000),
  /** IANA zone of the local time that results are shown in. */
  timeZone: z.string().min(1),
  /** The first day with recordings. */
  begins: z.iso.date().optional(),
  /** The first day without, where recording has ended. */
  ended: z.iso.date().optional(),
  /** Sensitivity of the hydrophone in dB re 1 V/µPa, where it is published. */
  hydrophoneSensitivityDb: z.number().min(-260).max(0).optional(),
  /** Where these facts were read. */
  about: z.string().optional(),
});

/** A place that is recorded, and where its recordings are. */
export type Site = z.infer<typeof siteSchema>;
