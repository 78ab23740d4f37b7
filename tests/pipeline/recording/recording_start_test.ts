import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../pipeline/errors.ts";
import { recordingStart } from "../../../pipeline/recording/recording_start.ts";

const named: [string, string, 1000 | 1][] = [
  ["MARS-20210101T000000Z-16kHz.wav", "2021-01-01T00:00:00.000Z", 1000],
  ["6871.210101093000.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["1207984160.130418223314.wav", "2013-04-18T22:33:14.000Z", 1000],
  ["20210101_093000.WAV", "2021-01-01T09:30:00.000Z", 1000],
  ["SITE_20210101_093000.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["SITE-20210101-093000.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["2021-01-01T09:30:00.250+02:00.wav", "2021-01-01T07:30:00.250Z", 1],
  ["ICLISTENHF1234_20210101T093000.250Z.wav", "2021-01-01T09:30:00.250Z", 1],
  ["2021-01-01T09-30-00Z.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["2021-01-01T09-30-00-250Z.wav", "2021-01-01T09:30:00.250Z", 1],
  ["2021_01_01T09_30_00Z.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["OO-ARBP1-2021-01-01T00-00-00.000000.wav", "2021-01-01T00:00:00.000Z", 1],
  ["20210101T093000-0500.wav", "2021-01-01T14:30:00.000Z", 1000],
  ["20210101T093000-05.wav", "2021-01-01T14:30:00.000Z", 1000],
  ["20210101_093000+10.wav", "2020-12-31T23:30:00.000Z", 1000],
  ["20210101T093000-16kHz.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["20210101T093000.16kHz.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["20210101_093000-0001.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["20210101_093000_123.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["12345678_20210101_093000.wav", "2021-01-01T09:30:00.000Z", 1000],
  ["20240229T235959Z.wav", "2024-02-29T23:59:59.000Z", 1000],
  ["/data/20200202T020202Z/20210101T093000Z.wav", "2021-01-01T09:30:00.000Z", 1000],
];

for (const [name, iso, resolutionMs] of named) {
  Deno.test(`${name} starts at ${iso}`, () => {
    const start = recordingStart(name);
    assert.equal(new Date(start.startMs).toISOString(), iso);
    assert.equal(start.resolutionMs, resolutionMs);
  });
}

const nameless = [
  "song.wav",
  "20210101.wav",
  "20211301_093000.wav",
  "20210230_093000.wav",
  "20230229T000000Z.wav",
  "20210101_240000.wav",
  "20210101_096000.wav",
  "20210101_235960.wav",
  "120210101_093000.wav",
  "20210101_0930001.wav",
  "5678.20210101093000.wav",
  "2021-0101T093000Z.wav",
  "20210101T093000+99.wav",
  "210101093000.wav",
];

for (const name of nameless) {
  Deno.test(`${name} has no time, and the error says what to do`, () => {
    assert.throws(() => recordingStart(name), (error) => {
      assert(error instanceof MegapteraError && error.kind === "data");
      assert(error.message.includes(name));
      assert.match(error.message, /rename it .*--recording-start 2021-01-01T00:00:00Z\.$/);
      return true;
    });
  });
}

Deno.test("two times that differ in one name are an error that names both", () => {
  for (const second of ["20210101T094000Z", "20210101_113000", "2021-01-01T09-30-00-0100"]) {
    assert.throws(() => recordingStart(`20210101T093000Z__${second}.wav`), (error) => {
      assert(error instanceof MegapteraError && error.kind === "data");
      return error.message.includes(`two times, `) && error.message.includes(second);
    });
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
  const min = new Date("1900-01-01T00:00:00Z");
  const max = new Date("2099-12-31T23:59:59Z");
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
