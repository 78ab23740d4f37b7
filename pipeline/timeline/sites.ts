import { z } from "zod";
import { MegapteraError, parseJson, TimeZone } from "../../core/mod.ts";

/** A place that is recorded, and where its recordings are. */
const siteSchema = z.strictObject({
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

/**
 * Finds a site by its name.
 *
 * @param name Its name.
 * @param own The user's own sites, which come before those built in.
 * @returns The site.
 * @throws {MegapteraError} `usage` where there is none, with the names there are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(findSite("mars").depthM, 891);
 * ```
 */
export function findSite(name: string, own: readonly Site[] = []): Site {
  const sites = [...own, ...KNOWN_SITES];
  const site = sites.find((one) => one.name === name);
  if (site) return site;
  const names = sites.map((one) => one.name).join(", ");
  throw new MegapteraError(
    "usage",
    `Cannot find the site "${name}": known are ${names}; add your own with --sites FILE.`,
  );
}

/** The sites that are built in; users add their own by a file. */
export const KNOWN_SITES: readonly Site[] = [
  {
    name: "mars",
    title: "MARS cabled observatory, Monterey Bay (MBARI Pacific Sound)",
    source: "s3://pacific-sound-16khz/{YYYY}/{MM}/MARS-{YYYYMMDD}T000000Z-16kHz.wav",
    region: "us-west-2",
    unsigned: true,
    latitude: 36.713,
    longitude: -122.187,
    depthM: 891,
    timeZone: "America/Los_Angeles",
    begins: "2015-07-28",
    about: "MBARI: recording since 28 July 2015, at 891 m on Smooth Ridge; the hydrophone was " +
      "changed in the course, so that no one sensitivity holds",
  },
  {
    name: "sanctsound-mb01",
    title: "SanctSound MB01, first deployment, Monterey Bay (NOAA and US Navy)",
    source:
      "https://storage.googleapis.com/noaa-passive-bioacoustic/sanctsound/audio/mb01/sanctsound_mb01_01/audio/",
    latitude: 36.8,
    longitude: -121.98,
    depthM: 116,
    timeZone: "America/Los_Angeles",
    begins: "2018-11-15",
    about: "NOAA passive acoustic archive, public Google Cloud bucket; position to 0.02°",
  },
];

const fileSchema = z.array(siteSchema).min(1);

/**
 * Reads a user's own sites.
 *
 * @param text The text of a JSON file: a list of sites.
 * @param name How to name the file in errors.
 * @returns The sites.
 * @throws {MegapteraError} `data`, naming the file, the site and the field that is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [site] = readSites(
 *   `[{ "name": "pier", "title": "Our pier", "source": "/data/{YYYYMMDD}.wav", "latitude": 36.6,
 *      "longitude": -121.9, "depthM": 8, "timeZone": "America/Los_Angeles" }]`,
 *   "sites.json",
 * );
 * assert.equal(site.name, "pier");
 * ```
 */
export function readSites(text: string, name: string): Site[] {
  const sites = parseJson(text, `the sites in ${name}`, fileSchema);
  const seen = new Set<string>();
  for (const site of sites) {
    const wrong = seen.has(site.name) ? "is there twice" : whatIsWrong(site);
    if (wrong !== undefined) {
      throw new MegapteraError(
        "data",
        `Cannot read the sites in ${name} as "${site.name}" ${wrong}.`,
      );
    }
    seen.add(site.name);
  }
  return sites;
}

function whatIsWrong({ timeZone, begins, ended }: Site): string | undefined {
  if (begins !== undefined && ended !== undefined && ended <= begins) {
    return `has ended (${ended}) before it begins (${begins})`;
  }
  try {
    new TimeZone(timeZone);
  } catch {
    return `has the time zone "${timeZone}", which is no IANA name such as America/Los_Angeles`;
  }
  return undefined;
}
