import assert from "node:assert/strict";
import { TimeZone } from "../../../core/time_zone.ts";
import { templateList } from "../../../pipeline/timeline/template.ts";

const DAY_MS = 86_400_000;
const MARS = "s3://b/{YYYY}/{MM}/MARS-{YYYYMMDD}T000000Z-16kHz.wav";

Deno.test("a template a day names each day of a range, and the one before that may reach into it", () => {
  const list = templateList(MARS).between(Date.UTC(2020, 11, 31), Date.UTC(2021, 0, 2));
  assert.deepEqual(list.map(({ place }) => place), [
    "s3://b/2020/12/MARS-20201230T000000Z-16kHz.wav",
    "s3://b/2020/12/MARS-20201231T000000Z-16kHz.wav",
    "s3://b/2021/01/MARS-20210101T000000Z-16kHz.wav",
  ]);
  const [, { startMs, stopMs, resolutionMs }] = list;
  assert.deepEqual([startMs, stopMs, resolutionMs], [
    Date.UTC(2020, 11, 31),
    Date.UTC(2021, 0, 1),
    1000,
  ]);
});

Deno.test("a template with {HH} names each hour", () => {
  const template = "/data/{YYYY}-{MM}-{DD}/{HH}0000.wav";
  const list = templateList(template).between(Date.UTC(2021, 1, 28, 23), Date.UTC(2021, 2, 1, 1));
  assert.deepEqual(list.map(({ place }) => place), [
    "/data/2021-02-28/220000.wav",
    "/data/2021-02-28/230000.wav",
    "/data/2021-03-01/000000.wav",
  ]);
});

Deno.test("names in local time: the hour that summer time skips has no recording, the one it repeats has one", () => {
  const zone = new TimeZone("Europe/Berlin");
  const list = templateList("{YYYYMMDD}_{HH}.wav", zone);
  const spring = list.between(Date.UTC(2021, 2, 28, 0), Date.UTC(2021, 2, 28, 3));
  assert.deepEqual(spring.map(({ place, startMs }) => [place, new Date(startMs).getUTCHours()]), [
    ["20210328_00.wav", 23],
    ["20210328_01.wav", 0],
    ["20210328_03.wav", 1],
    ["20210328_04.wav", 2],
  ]);
  const autumn = list.between(Date.UTC(2021, 9, 31, 0), Date.UTC(2021, 9, 31, 3));
  assert.deepEqual(autumn.map(({ place, startMs }) => [place, new Date(startMs).getUTCHours()]), [
    ["20211031_01.wav", 23],
    ["20211031_02.wav", 0],
    ["20211031_03.wav", 2],
  ]);
  assert.match(autumn[1].note ?? "", /may start at 2021-10-31T00:00:00Z or 2021-10-31T01:00:00Z/);
});

Deno.test("a template that can't name a day is refused, with the fields there are", () => {
  assert.throws(() => templateList("/data/{YYYY}/{DDD}.wav"), {
    kind: "usage",
    message:
      "Cannot use the template /data/{YYYY}/{DDD}.wav as {DDD} is no field: the fields are " +
      "{YYYY}, {MM}, {DD}, {HH}, {YYYYMMDD}.",
  });
  assert.throws(() => templateList("/data/{YYYY}/{MM}.wav"), /do not make up a day/);
});

Deno.test("ten years of days are named in order without a hole", () => {
  const list = templateList(MARS).between(Date.UTC(2015, 0, 1), Date.UTC(2025, 0, 1));
  assert.equal(list.length, 3653 + 1);
  for (let i = 1; i < list.length; i++) {
    assert.equal(list[i].startMs, list[i - 1].startMs + DAY_MS);
    assert.equal(list[i - 1].stopMs, list[i].startMs);
  }
});

Deno.test("a template's own minutes and zone count, as they would in a name", () => {
  const at = (template: string, timeZone?: TimeZone): string => {
    const list = templateList(template, timeZone).between(
      Date.UTC(2021, 0, 1),
      Date.UTC(2021, 0, 2),
    );
    const { place, startMs, isZoneAssumed } = list.findLast((unit) => unit.startMs < stopMs)!;
    return `${place} ${new Date(startMs).toISOString().slice(5, 16)}${isZoneAssumed ? "?" : ""}`;
  };
  const stopMs = Date.UTC(2021, 0, 1, 13);
  const read: [string, string][] = [
    ["{YYYYMMDD}T123000Z.wav", "20210101T123000Z.wav 01-01T12:30"],
    ["N-{YYYYMMDD}T{HH}3000Z-16kHz.wav", "N-20210101T123000Z-16kHz.wav 01-01T12:30"],
    ["{YYYYMMDD}T{HH}0000-0800.wav", "20210101T040000-0800.wav 01-01T12:00"],
    ["{YYYYMMDD}_{HH}-0800.wav", "20210101_04-0800.wav 01-01T12:00"],
    ["{YYYYMMDD}T000000-0800.wav", "20210101T000000-0800.wav 01-01T08:00"],
    ["{YYYYMMDD}T200000-0800.wav", "20201231T200000-0800.wav 01-01T04:00"],
    ["{YYYYMMDD}_PST.wav", "20210101_PST.wav 01-01T08:00"],
    ["UTCm5_{DD}-{MM}-{YYYY}_{HH}-30-00.wav", "UTCm5_01-01-2021_07-30-00.wav 01-01T12:30"],
    ["{YYYY}/{MM}/{DD}/SITE_{HH}h15.wav", "2021/01/01/SITE_12h15.wav 01-01T12:15?"],
    ["{HH}3000_{YYYYMMDD}.wav", "123000_20210101.wav 01-01T12:30?"],
    ["{YYYYMMDD}.wav", "20210101.wav 01-01T00:00?"],
    ["{YYYYMMDD}_{HH}_0001.wav", "20210101_12_0001.wav 01-01T12:00?"],
  ];
  for (const [template, expected] of read) assert.equal(at(template), expected, template);
  const zone = new TimeZone("-08:00");
  assert.equal(at("{YYYYMMDD}_{HH}3000.wav", zone), "20210101_043000.wav 01-01T12:30");
  assert.equal(at("{YYYYMMDD}_{HH}3000Z.wav", zone), "20210101_123000Z.wav 01-01T12:30");
});

Deno.test("each recording of a template with minutes lasts up to the next one, over every border", () => {
  const list = templateList("{YYYYMMDD}T{HH}3000+1000.wav")
    .between(Date.UTC(2020, 11, 31, 23), Date.UTC(2021, 0, 1, 2));
  assert.deepEqual(list.map(({ place }) => place), [
    ...["20210101T083000+1000.wav", "20210101T093000+1000.wav", "20210101T103000+1000.wav"],
    "20210101T113000+1000.wav",
  ]);
  for (const { startMs, stopMs } of list) assert.equal(stopMs, startMs + 3_600_000);
});

Deno.test("what stands in a template beside its fields and can't be read is refused", () => {
  const faults: [string, RegExp][] = [
    [
      "{YYYYMMDD}_{HH}-08.wav",
      /-08 behind \{HH\} may be minutes, a zone or neither: write the time/,
    ],
    ["{YYYYMMDD}-0800.wav", /-0800 behind the day may be a time or a zone: write/],
    ["{YYYYMMDD}/rec_123000Z.wav", /the digits in _rec_123000Z\.wav may be its time of day/],
    [
      "{YYYYMMDD}T{HH}0000+1500.wav",
      /"0000\+1500\.wav" beside its fields is no time of day and zone/,
    ],
    ["{YYYYMMDD}_{HH}0000_CST.wav", /"0000_CST\.wav" beside its fields/],
    ["{YYYYMMDD}T{HH}0000PM.wav", /"0000PM\.wav" beside its fields/],
  ];
  for (const [template, message] of faults) {
    assert.throws(() => templateList(template), { kind: "usage", message }, template);
  }
});
