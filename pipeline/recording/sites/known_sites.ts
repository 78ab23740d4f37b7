import type { Site } from "./site.ts";

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
