import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../core/errors.ts";
import { TimeZone } from "../../../core/time_zone.ts";
import { NameFormat } from "../../../pipeline/timeline/name_format.ts";
import {
  recordingStart,
  type RecordingStartOptions,
} from "../../../pipeline/timeline/start_time.ts";
import { fixture } from "../../helpers/fixtures.ts";

/** The start of a name, or `refused`. */
function startOf(name: string, options: RecordingStartOptions = {}): string {
  try {
    const iso = new Date(recordingStart(name, options).startMs).toISOString();
    return iso.replace(".000Z", "Z");
  } catch (error) {
    assert.ok(error instanceof MegapteraError && error.kind === "data", String(error));
    assert.ok(error.message.startsWith(`Cannot tell when ${name} starts as `), error.message);
    return "refused";
  }
}

const table = await Deno.readTextFile(fixture("names.tsv"));
for (const line of table.split("\n").filter((line) => line !== "" && !line.startsWith("#"))) {
  const [name, start, whose] = line.split("\t");
  Deno.test(`${name} starts at ${start} (${whose})`, () => {
    assert.equal(startOf(name), start === "NONE" ? "refused" : start);
  });
}

/** What is not in the table: how recorders, programs and groups write names. */
const more: Record<string, readonly string[]> = {
  "2021-01-01T09:30:00Z": [
    ...["20210101_093000.WAV", "SITE_20210101_093000.wav", "SITE-20210101-093000.wav"],
    ...["2021-01-01T09-30-00Z.wav", "2021_01_01T09_30_00Z.wav", "2021-01-01T093000Z.wav"],
    ...[
      "2021.01.01_09.30.00.wav",
      "2021_01_01_09_30_00_000.wav",
      "channelA_2021-01-01_09-30-00.wav",
    ],
    ...["D20210101-T093000.wav", "EK80-D20210101-T093000-FM.wav", "6871.210101093000.wav"],
    ...["1207984160.210101093000.wav", "WISPR_210101_093000.wav", "20210101$093000.wav"],
    ...["7189.210101_at_093000.wav", "Recording 2021-01-01 at 09.30.00.wav", "20210101.093000.wav"],
    ...[
      "DORI_2021y01m01d_09h30m00s.wav",
      "2021-01-01-birdnet-09:30:00.wav",
      "01Jan2021_09-30-00.wav",
      "1-Jan-2021 09.30.00.wav",
    ],
    ...["Jan 1, 2021 09.30.00.wav", "2021January01_093000.wav", "2021-01-01_09-30.flac"],
    ...[
      "2021_01_01_09_30.wav",
      "20210101_09:30.wav",
      "20210101T09h30m00s.wav",
      "01012021_093000.wav",
    ],
    ...["1609493400.wav", "5FEEEB98.WAV", "REC_1609493400_ch1.wav", "2021001093000.wav"],
    ...[
      "20210101_092960.wav",
      "AMAR173.4.20210101T093000Z.wav",
      "20210101_093000_REC [19.2 152.8].flac",
    ],
    ...[
      "12345678_20210101_093000.wav",
      "SM304246_0+1_20210101_093000.wav",
      "(1) 20210101_093000.wav",
    ],
    ...["20210101_093000_0+1.wav", "20210101_093000-16kHz.wav", "20210101T093000.16kHz.wav"],
    ...["20210101_093000_REC_-27.3888+152.8808.flac", "20210101_093000_-27.3888+152.8808.flac"],
    ...["20210101_093000_+13-090.wav", "20210101_093000 [-27.3866 152.8761].flac"],
    ...["20210101_093000_Wet.wav", "WET_20210101_093000.wav", "20210101_093000 AM.wav"],
    ...["20210101_093000-0001.wav", "20210101_093000-0015.wav", "20210101_093000-16.wav"],
    ...["/data/20200202T020202Z/20210101T093000Z.wav", "C:\\20200202\\20210101_093000.wav"],
    ...["20210101_093000_20210101T093000Z.wav", "1609493400.2021-01-01-09-30-00.wav"],
    ...["20210101_093000.5FEEEB98.WAV"],
    ...["20210101_093000T.WAV", "x_20210101_093000_(1).wav", "20210102_SITE_20210101_093000.wav"],
    ...["20210101_093000_UTC-16kHz.wav", "UTC-20210101T093000.wav", "20210101_093000 (UTC).wav"],
    ...["２０２１０１０１＿０９３０００.wav", "2021\u201301\u201301 09\ua78930\ua78900.wav"],
    ...["20210101_093000_ch1_Z.wav", "20210101_093000 - Copy.wav"],
  ],
  "2023-04-05T16:49:06Z": [
    ...["2023-04-05T14:49:06.-0200.wav", "20230405_144906__-0200.wav", "20230405_144906_TZ-2.wav"],
    ...["rpi_orcasound_lab_2023_04_05_09_49_06_PDT.wav", "Site_2023-04-05_164906UTC.wav"],
  ],
  "2022-07-19T04:00:00Z": ["SwiftOne_20220719_000000_-0400.wav"],
  "2022-07-19T00:00:00Z": ["OWL_123456_2022-07-19_T00-00-00.WAV"],
  "2016-06-21T08:00:00Z": ["SBT-6-76-18_0+1_0_20160621_080000.wav"],
  "2026-01-11T13:54:31Z": ["20260111 135431-096B2196.wav"],
  "2015-04-10T19:55:50Z": ["PARIS_-0-_20150410$195550.wav"],
  "1994-03-02T12:22:00Z": ["940302-1222.wav"],
  "2021-01-01T17:30:00Z": [
    ...["20210101_093000_PST.wav", "20210101T093000PST.wav", "20210101_093000-PST.wav"],
    ...["20210101_093000_UTC-8.wav", "20210101_093000_UTC-08:00.wav", "UTC-8_20210101_093000.wav"],
    ...["20210101_093000-0800.wav", "20210101_093000_-0800.wav", "20210101_093000(-0800).wav"],
    ...["20210101_093000-08:00.wav", "SITE_UTCm8_CH1_210101_093000.wav", "PST_20210101_093000.wav"],
    ...[
      "20210101_093000 (PST).wav",
      "20210101_093000_GMT-0800.wav",
      "20210101_093000_UTCminus8.wav",
    ],
  ],
  "2021-01-01T18:30:00Z": ["2021-01-01 at 10.30.00\u202fAM UTC\u22128.wav"],
  "2021-01-01T04:00:00Z": [
    ...[
      "20210101_093000_UTC+5:30.wav",
      "20210101_093000+0530.wav",
      "2021-01-01T09-30-00+05-30.wav",
    ],
  ],
  "2020-12-31T23:30:00Z": [
    ...["20210101_093000+10.wav", "20210101_093000_AEST.wav", "20210101_093000_ChST.wav"],
    ...["20210101_093000_GMT+10.wav", "20210101-093000_UTCp10.wav"],
  ],
  "2021-01-01T21:30:00Z": [
    ...["20210101_093000PM.wav", "20210101_093000_pm.wav", "2021-01-01 09.30.00 p.m..wav"],
  ],
  "2021-01-01T00:30:00Z": ["20210101_123000AM.wav", "2021-01-01 12-30-00 am.wav"],
  "2021-01-02T05:30:00Z": ["2021-01-01 09-30-00 PM UTC-8.wav", "20210101_093000_PM_PST.wav"],
  "2021-01-01T09:30:00.250Z": [
    ...["2021-01-01T11:30:00.250+02:00.wav", "ICLISTENHF1234_20210101T093000.250Z.wav"],
    ...["2021-01-01T09-30-00-250Z.wav", "20210101_093000_250.wav", "20210101093000_250000.wav"],
    ...["20210101093000250.wav", "20210101T093000250-MicWaveIn.flac"],
  ],
  "refused": [
    ...[
      "song.wav",
      "20210101.wav",
      "1234_20210101.wav",
      "20210101_01_02.wav",
      "20210101_0930_45.wav",
    ],
    ...["20211301_093000.wav", "20210230_093000.wav", "20230229T000000Z.wav", "2021366_093000.wav"],
    ...[
      "20210101_240000.wav",
      "20210101_096000.wav",
      "20210101_0930001.wav",
      "120210101_093000.wav",
    ],
    ...["20210101T093000+99.wav", "20210101T093000+0015.wav", "20210101T093000+02000.wav"],
    ...["20210101T093000+1.wav", "20210101T093000+0200Z.wav", "20210101_093000_UTC+15.wav"],
    ...["20210101_093000_UTC8.wav", "20210101_093000_UTC-5.5.wav", "20210101_093000-1030.wav"]
      .slice(0, 2),
    // Letters that mean several zones, or may be a word.
    ...["20210101_093000_AST.wav", "20210101_093000_CST.wav", "20210101_093000_BST.wav"],
    ...["20210101_093000_IST.wav", "CST_20210101_093000.wav", "20210101_093000_est.wav"],
    ...[
      "20210101_093000_WEST.wav",
      "20210101_093000_PST8PDT.wav",
      "est_20210101_093000.wav",
      "EST_03_20210101_093000.wav",
      "20210101_093000_CH1_PST.wav",
    ],
    ...["20210101_093000L.wav", "20210101_093000DST.wav", "20210101_093000_local.wav"],
    ...[
      "20210101_093000_REC_+1000.wav",
      "20210101_093000{EST}.wav",
      "7189.230405144906+020012.wav",
    ],
    // Offsets, or the numbers of parts.
    ...["20210101T093000-05.wav", "20210101_093000-1.wav", "2021-01-01T09-30-00-05-00.wav"],
    // Two zones, two halves of the day.
    ...["20210101T093000Z_PST.wav", "EST_20210101T093000Z.wav", "UTC_20210101_093000-0500.wav"],
    ...[
      "20210101_033000_ch1_PM.wav",
      "20210101_153000_AM.wav",
      "20210101_003000PM.wav",
      "PM_20210101_093000.wav",
    ],
    // Digits that can be two dates.
    ...["12112020_101112.wav", "21-01-01_09-30-00.wav", "201201010930.wav", "2107280744.wav"],
    // Two times, or a part of a second.
    "20220202_210305_120000.wav",
    ...["20210101T093000Z__20210101T094000Z.wav", "20210101T093000Z__20210101_113000.wav"],
    ...["230411-221029_processed_20240101_120000.wav", "20210101_0930_20210101_0945.wav"],
    // Serial numbers have as many digits as seconds since 1970.
    ...["1678032935.181112.wav", "5AFCD4F45AFCD4F4.WAV", "prefix5AFCD4F4prefix.WAV"],
    // Clocks that were not set, and dates to come.
    ...["19700101_000005.WAV", "19800101_000000.wav", "20391231_235959.wav", "311221_101112.wav"],
  ],
};

for (const [start, names] of Object.entries(more)) {
  for (const name of names) {
    Deno.test(`${name} ${start === "refused" ? "is refused" : `starts at ${start}`}`, () => {
      assert.equal(startOf(name), start);
    });
  }
}

Deno.test("a name that tells no start says what to do", () => {
  assert.throws(() => recordingStart("song.wav"), {
    message:
      "Cannot tell when song.wav starts as its name holds no date and time that can be read: " +
      "rename it like NAME-20210101T093000Z.wav, say how names are to be read with --name-format " +
      "'%Y%m%d_%H%M%S', or score it alone with --recording-start 2021-01-01T00:00:00Z.",
  });
  const faults: [string, RegExp][] = [
    [
      "20210101_093000_CST.wav",
      /CST in its name can be -06:00 or \+08:00 or -05:00: write the zone as/,
    ],
    [
      "20210101_093000-05.wav",
      /-05 in its name can be -05:00 or no time zone at all: write the zone/,
    ],
    ["12112020_101112.wav", /can be 2020-11-12T10:11:12Z or 2020-12-11T10:11:12Z: rename it like/],
    ["20210101_093000_to_20210101_094000.wav", /two times, 20210101_093000 and 20210101_094000: /],
    ["20210101T093000+1500.wav", /"\+1500" is no offset that clocks on earth have: rename it/],
    ["20210101T093000Z_PST.wav", /gives two time zones, Z and PST: rename it/],
    [
      "20391231_235959.wav",
      /2039-12-31T23:59:59Z, which is yet to come: the recorder's clock was not/,
    ],
    ["19700101_000005.wav", /1970-01-01T00:00:05Z, before there were such recorders: /],
    ["20210101_093000_local.wav", /says local time, 20210101_093000_local: say of which zone with/],
    [
      "20210101_093000Q.wav",
      /"Q" right behind 20210101_093000 may be a time zone, and is none that/,
    ],
  ];
  for (const [name, message] of faults) {
    assert.throws(() => recordingStart(name), { message }, name);
  }
});

Deno.test("how exactly a start is known, and whether its zone was assumed", () => {
  const known = (name: string): unknown[] => {
    const { resolutionMs, isZoneAssumed = false } = recordingStart(name);
    return [resolutionMs, isZoneAssumed];
  };
  assert.deepEqual(known("20210101_093000.wav"), [1000, true]);
  assert.deepEqual(known("20210101T093000Z.wav"), [1000, false]);
  assert.deepEqual(known("20210101T093000.250.wav"), [1, true]);
  assert.deepEqual(known("2021-01-01T09-30-00-250Z.wav"), [1, false]);
  // It may be a counter: files that follow each other still join within a second.
  assert.deepEqual(known("20210101_093000_253.wav"), [1000, true]);
  assert.deepEqual(known("20210101_093000_UTC.wav"), [1000, false]);
  assert.deepEqual(known("1609493400.wav"), [1000, false]);
  assert.deepEqual(known("20210101_093000_20210101T093000.000Z.wav"), [1, false]);
});

Deno.test("--timezone tells which zone letters mean, or that a number is no zone of another time", () => {
  const zone = (name: string) => ({ timeZone: new TimeZone(name) });
  assert.equal(startOf("20210101_093000_CST.wav", zone("America/Chicago")), "2021-01-01T15:30:00Z");
  assert.equal(startOf("20210101_093000_CST.wav", zone("+08:00")), "2021-01-01T01:30:00Z");
  assert.equal(startOf("20210101_093000_CST.wav", zone("Europe/Paris")), "refused");
  assert.equal(startOf("20210101_093000-05.wav", zone("-05:00")), "2021-01-01T14:30:00Z");
  assert.equal(startOf("20210101_093000-05.wav", zone("-06:00")), "refused");
  assert.equal(startOf("20210101_093000_local.wav", zone("-08:00")), "2021-01-01T17:30:00Z");
  assert.equal(
    startOf("EST_03_20210101_093000.wav", zone("America/New_York")),
    "2021-01-01T14:30:00Z",
  );
  assert.equal(startOf("EST_03_20210701_093000.wav", zone("America/New_York")), "refused");
  assert.equal(startOf("20210101_093000_ch1_Z.wav", zone("-08:00")), "refused");
  assert.equal(startOf("20211107_013000_-07.wav", zone("America/Los_Angeles")), "refused");
  assert.equal(startOf("20210101_093000_PST.wav", zone("Europe/Paris")), "2021-01-01T17:30:00Z");
  // The hour that comes twice, told apart by its letters.
  assert.equal(
    startOf("20211107_013000_EST.wav", zone("America/New_York")),
    "2021-11-07T06:30:00Z",
  );
});

Deno.test("a format says how names are read, and zones beside it are still read", () => {
  const read = (format: string, name: string) =>
    startOf(name, { nameFormat: new NameFormat(format) });
  assert.equal(read("%y%m%d_%H%M%S", "121216_190000.wav"), "2012-12-16T19:00:00Z");
  assert.equal(read("%d%m%y%H%M%S", "MOANA_12.310122101500.wav"), "2022-01-31T10:15:00Z");
  assert.equal(read("%m-%d-%Y_%H-%M", "A_12-11-2020_10-09.wav"), "2020-12-11T10:09:00Z");
  assert.equal(read("%H%M%S_%Y%m%d", "093000_20210101_101500.wav"), "2021-01-01T09:30:00Z");
  assert.equal(
    read("HMS_%H_%M_%S__DMY_%d_%m_%y", "RAWD_HMS_01_27_00__DMY_09_05_10.wav"),
    "2010-05-09T01:27:00Z",
  );
  assert.equal(read("%d%b%y-%I.%M %p", "Spring-04jul10-08.32 pm.wav"), "2010-07-04T20:32:00Z");
  assert.equal(read("%y%j_%H%M%S", "21001_093000.wav"), "2021-01-01T09:30:00Z");
  assert.equal(read("%Y%m%dT%H%M%S%z", "20210101T093000-05.wav"), "2021-01-01T14:30:00Z");
  assert.equal(read("%Y%m%dT%H%M%S%z", "20210101T093000+1500.wav"), "refused");
  assert.equal(read("%Y%m%dT%H%M%S", "20210101T093000-05.wav"), "2021-01-01T09:30:00Z");
  assert.equal(read("%Y%m%d_%H", "20210101_09.wav"), "2021-01-01T09:00:00Z");
  assert.equal(read("%Y%m%d_%H%M%S.%f", "20210101_093000.25.wav"), "2021-01-01T09:30:00.250Z");
  assert.equal(read("%s", "SN1678032935_1609493400.wav"), "refused");
  assert.equal(read("_%s", "SN1678032935_1609493400.wav"), "2021-01-01T09:30:00Z");
  assert.equal(
    read("start_%Y%m%d_%H%M%S", "start_20210101_093000_end_20210101_094000.wav"),
    "2021-01-01T09:30:00Z",
  );
  assert.equal(read("%Y%m%d_%H%M%S", "start_20210101_093000_end_20210101_094000.wav"), "refused");
  assert.equal(read("%y%m%d_%H%M%S", "210101_093000_PDT.wav"), "2021-01-01T16:30:00Z");
  assert.equal(read("%y%m%d_%H%M%S", "UTCm5_210101_093000.wav"), "2021-01-01T14:30:00Z");
  assert.equal(read("%y%m%d_%H%M%S_AST", "210101_093000_AST.wav"), "2021-01-01T09:30:00Z");
  assert.equal(read("%y%m%d_%H%M%S", "20210101_093000.wav"), "refused");
  assert.equal(read("%y%m%d_%H%M%S", "211301_093000.wav"), "refused");
  assert.equal(read("%Y%m%d_%H%M%S", "19690101_093000.wav"), "1969-01-01T09:30:00Z");
  assert.equal(read("%Y%m%d_%H%M%S", "20990101_093000.wav"), "refused");
  assert.equal(read("100%%_%Y%m%d_%H%M%S", "100%_20210101_093000.wav"), "2021-01-01T09:30:00Z");
});

Deno.test("a format that can't be a time is wrong usage", () => {
  const faults: [string, RegExp][] = [
    ["%Y%m%d", /"%Y%m%d" as it does not make up a day and an hour: write it like %Y%m%d_%H%M%S\.$/],
    ["%Y%m%d_%I%M", /does not make up a day and an hour/],
    [
      "%Y%m%d_%H%M%Q",
      /%Q is none of %Y, %y, %m, %d, %j, %b, %B, %H, %I, %M, %S, %f, %p, %z, %s\.$/,
    ],
    ["%Y%Y%m%d_%H", /%Y is in it twice/],
    ["%Y%m%d_%H%", /% is none of/],
  ];
  for (const [format, message] of faults) {
    assert.throws(() => new NameFormat(format), { kind: "usage", message }, format);
  }
});

Deno.test("two times that are the same instant are one, known as well as the better", () => {
  const start = { startMs: Date.UTC(2021, 0, 1, 9, 30), resolutionMs: 1000 };
  assert.deepEqual(recordingStart("2021-01-01T11-30-00+0200_20210101_093000.wav"), start);
  const fine = recordingStart("20210101_093000_20210101T093000.000Z.wav");
  assert.deepEqual(fine, { ...start, resolutionMs: 1 });
});

Deno.test("--recording-start overrides the name and is known to the millisecond", () => {
  const startMs = Date.UTC(2021, 0, 1);
  for (const recordingStart_ of ["2021-01-01T00:00:00Z", "20210101T020000+0200"]) {
    const options = { recordingStart: recordingStart_ };
    assert.deepEqual(recordingStart("song.wav", options), { startMs, resolutionMs: 1 });
    assert.deepEqual(recordingStart("20200101_000000.wav", options), { startMs, resolutionMs: 1 });
  }
});

Deno.test("a --recording-start that is no time is wrong usage", () => {
  for (const text of ["", "yesterday", "2021-02-30T00:00:00Z", "at 2021-01-01T00:00:00Z", "2021"]) {
    assert.throws(
      () => recordingStart("20210101_093000.wav", { recordingStart: text }),
      (error) => {
        assert(error instanceof MegapteraError && error.kind === "usage");
        return error.message.includes(`"${text}"`);
      },
    );
  }
});

Deno.test("every time written as ISO, as programs write it in file names, is read back", () => {
  const min = new Date("1985-01-01T00:00:00Z");
  const max = new Date("2025-12-31T23:59:59Z");
  const dates = fc.date({ min, max, noInvalidDate: true });
  const writers: ((iso: string) => string)[] = [
    (iso) => iso,
    (iso) => iso.replaceAll(":", "-"),
    (iso) => iso.replace(/[:.]/g, "-"),
    (iso) => iso.replace(/[:-]/g, ""),
    (iso) => `A1.${iso.replace("Z", "+00:00")}.b`,
  ];
  fc.assert(fc.property(dates, fc.constantFrom(...writers), (date, write) => {
    const start = recordingStart(`SITE7_${write(date.toISOString())}.wav`);
    assert.deepEqual(start, { startMs: date.getTime(), resolutionMs: 1 });
  }));
});

/** Ways to write a time of day, each with what it gives. */
const WRITERS: readonly ((iso: string) => string)[] = [
  (iso) => iso.replace(/[-:Z]/g, "").slice(0, 15),
  (iso) => iso.replace(/[-:]/g, "").replace("T", "_").slice(0, 15),
  (iso) => iso.replace(/[-:]/g, "").replace("T", "-").slice(0, 15),
  (iso) => iso.replace(/[-:T]/g, "").slice(0, 14),
  (iso) => iso.replace(/[-:]/g, "").replace("T", "_").slice(2, 15),
  (iso) => "6871." + iso.replace(/[-:T]/g, "").slice(2, 14),
  (iso) => iso.replaceAll(":", "-").slice(0, 19),
  (iso) => iso.replace("T", " ").replaceAll(":", ".").slice(0, 19),
  (iso) => iso.replace(/[-:T]/g, "_").slice(0, 19),
];

/** What stands beside times and is none of them. */
const NEUTRAL = [
  ...[
    "",
    "SITE",
    "MARS",
    "ch1",
    "Rec",
    "REC",
    "CH2",
    "16kHz",
    "x",
    "df100",
    "left",
    "802072a",
    "(1)",
  ],
  ...[
    "mk3",
    "Spyglass-Wet-B",
    "every1d6x4hrs",
    "every",
    "B",
    "SanctSound",
    "M06",
    "8k",
    "dep",
  ],
];

/** Zones, and minutes ahead of UTC. */
const ZONES = Object.entries({
  "Z": 0,
  "_Z": 0,
  "-UTC": 0,
  "_GMT": 0,
  "+0200": 120,
  "_+0530": 330,
  "-0930": -570,
  "_-0100": -60,
  "UTC+10": 600,
  "_UTC-8": -480,
  "_UTCm5": -300,
  "_PDT": -420,
  "EST": -300,
  "-HST": -600,
  " NZDT": 780,
  "_GMT+01:00": 60,
});

const timesBetween = (min: string, max: string): fc.Arbitrary<Date> =>
  fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

Deno.test("whatever is put before or behind a stamp, the start is the same or right, or refused", () => {
  const neutral = fc.constantFrom(...NEUTRAL);
  const mark = fc.constantFrom("_", "-", ".", " ");
  const zone = fc.option(fc.constantFrom(...ZONES), { nil: undefined });
  const times = timesBetween("1990-01-01", "2026-01-01");
  const parts = fc.tuple(times, fc.constantFrom(...WRITERS), neutral, mark, zone, neutral, mark);
  fc.assert(
    fc.property(parts, ([date, write, before, first, zone, behind, last]) => {
      const stamp = write(date.toISOString());
      const name = `${before}${before && first}${stamp}${zone?.[0] ?? ""}${
        behind && last
      }${behind}.wav`;
      const { startMs, isZoneAssumed } = recordingStart(name);
      assert.equal(startMs, date.getTime() - (zone?.[1] ?? 0) * 60_000, name);
      assert.equal(isZoneAssumed ?? false, zone === undefined, name);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("letters, numbers and marks at random beside a stamp never give another start in silence", () => {
  const piece = fc.constantFrom(
    ...["0", "5", "12", "15", "30", "0100", "0930", "1234", "210101", "093000", "20220202", "0200"],
    ...["_", "-", "+", ".", " ", "T", "Z", "UTC", "PST", "CST", "EST", "AM", "PM", "GMT", "m", "p"],
    ...["SITE", "x", "16kHz", "(", "[", "am", "pst", "WEST", "E", "S", "D", "local", "h"],
  );
  const some = fc.array(piece, { maxLength: 5 }).map((all) => all.join(""));
  const times = timesBetween("2020-06-01", "2023-12-01");
  const offsets = Array.from({ length: 27 * 4 }, (_, quarter) => (quarter - 48) * 15);
  fc.assert(
    fc.property(times, fc.constantFrom(...WRITERS), some, some, (date, write, before, behind) => {
      // Digits that join its own would make it another number.
      const left = /\d$/.test(before) ? `${before}_` : before;
      const right = /^\d/.test(behind) ? `_${behind}` : behind;
      const name = `${left}${write(date.toISOString())}${right}.wav`;
      const start = startOf(name);
      if (start === "refused") return;
      const shift = (date.getTime() - Math.floor(Date.parse(start) / 1000) * 1000) / 60_000;
      if (shift === 0) return;
      // Only what says so moves it: a zone, or the half of the day.
      const isMoved = /[+-]\d|[A-Z]{2}T|UTC|GMT/.test(before + behind) &&
        offsets.some((offset) => shift === offset);
      const isHalf = /[ap]\.?m/i.test(behind) && [-720, 720].includes(shift);
      assert.ok(
        isMoved || isHalf || /[ap]\.?m/i.test(behind) && /[+-]\d|[A-Z]{2}T|UTC|GMT/.test(name),
        `${name} ${start}`,
      );
    }),
    { numRuns: 5000 },
  );
});

Deno.test("any name gives a start or a fault", () => {
  const pieces = fc.constantFrom(
    "2021",
    "01",
    "0930",
    "T",
    "_",
    "-",
    ".",
    "Z",
    "+",
    "00",
    ":",
    "x",
    "PM",
    "UTC",
    "CST",
    "Jul",
  );
  fc.assert(fc.property(fc.array(pieces, { maxLength: 16 }), (parts) => {
    try {
      const { startMs } = recordingStart(`${parts.join("")}.wav`);
      assert(Number.isInteger(startMs));
    } catch (error) {
      assert(error instanceof MegapteraError);
    }
  }));
});
