import assert from "node:assert/strict";
import { templateList } from "../../../../pipeline/recording/archive/template.ts";
import { TimeZone } from "../../../../pipeline/recording/time_zone.ts";

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
