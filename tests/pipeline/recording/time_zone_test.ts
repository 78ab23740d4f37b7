import assert from "node:assert/strict";
import fc from "fast-check";
import { recordingStart, TimeZone } from "../../../pipeline/recording/mod.ts";

const losAngeles = new TimeZone("America/Los_Angeles");

Deno.test("a name in local time is of the zone that is given, and one with a zone is its own", () => {
  const start = (name: string) => recordingStart(name, { timeZone: losAngeles }).startMs;
  assert.equal(start("SITE_20210101_093000.wav"), Date.UTC(2021, 0, 1, 17, 30));
  assert.equal(start("SITE_20210701_093000.wav"), Date.UTC(2021, 6, 1, 16, 30));
  assert.equal(start("MARS-20210101T000000Z-16kHz.wav"), Date.UTC(2021, 0, 1));
  assert.equal(start("a_2021-01-01T09-30-00+0200.wav"), Date.UTC(2021, 0, 1, 7, 30));
  const option = { recordingStart: "2021-01-01T00:00:00", timeZone: losAngeles };
  assert.equal(recordingStart("a.wav", option).startMs, Date.UTC(2021, 0, 1, 8));
});

Deno.test("a time that the end of summer time repeats is the first of the two, and said so", () => {
  const { startMs, note } = recordingStart("SITE_20211107_013000.wav", { timeZone: losAngeles });
  assert.equal(startMs, Date.UTC(2021, 10, 7, 8, 30));
  assert.match(
    note ?? "",
    /20211107_013000 .*comes twice.*2021-11-07T08:30:00Z.*not 2021-11-07T09:30:00Z/,
  );
  const before = recordingStart("SITE_20211107_003000.wav", { timeZone: losAngeles });
  assert.deepEqual([before.startMs, before.note], [Date.UTC(2021, 10, 7, 7, 30), undefined]);
});

Deno.test("a time that summer time skips is refused, with the way on", () => {
  assert.throws(
    () => recordingStart("SITE_20210314_023000.wav", { timeZone: losAngeles }),
    /summer time in America\/Los_Angeles skips 20210314_023000.*--timezone Etc\/GMT\+8/,
  );
  const fixed = { timeZone: new TimeZone("Etc/GMT+8") };
  const { startMs } = recordingStart("SITE_20210314_023000.wav", fixed);
  assert.equal(startMs, Date.UTC(2021, 2, 14, 10, 30));
});

Deno.test("a zone that does not exist is refused", () => {
  assert.throws(() => new TimeZone("Monterey"), /"Monterey" as it is not an IANA name/);
});

Deno.test("every instant is among those that its own clock time can mean", () => {
  const names = [
    ...["America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Berlin"],
    ...["Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "America/Havana"],
  ];
  const zones = names.map((name) => new TimeZone(name));
  const clocks = names.map((timeZone) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" })
  );
  const second = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2035, 0) / 1000 });
  fc.assert(
    fc.property(second, fc.nat(names.length - 1), (seconds, zone) => {
      const wallMs = Date.parse(clocks[zone].format(seconds * 1000).replace(" ", "T") + "Z");
      const instants = zones[zone].instants(wallMs);
      assert.ok(instants.includes(seconds * 1000));
      assert.ok(instants.length <= 2);
    }),
    { seed: 8, numRuns: 3000 },
  );
});
