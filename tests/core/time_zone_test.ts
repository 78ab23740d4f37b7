import assert from "node:assert/strict";
import fc from "fast-check";
import { TimeZone } from "../../core/mod.ts";
import { isEarthly } from "../../core/time_zone.ts";
import { recordingStart } from "../../pipeline/timeline/mod.ts";

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
    /summer time in America\/Los_Angeles skips 20210314_023000.*--timezone -08:00/,
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

Deno.test("letters for a zone are refused with what was probably meant, whatever the system takes them for", () => {
  const meant: [string, RegExp][] = [
    ["PST", /write -08:00 where the clock always shows that, or America\/Los_Angeles\.$/],
    ["EST", /-05:00 .* America\/New_York/],
    ["est", /-05:00 .* America\/New_York/],
    ["MST", /-07:00 .* America\/Denver/],
    ["HST", /-10:00 .* Pacific\/Honolulu/],
    ["AST", /-04:00 .* America\/Halifax; or \+03:00 .* Asia\/Riyadh/],
    ["BST", /\+01:00 .* Europe\/London; or \+06:00 .* Asia\/Dhaka/],
    ["CET", /\+01:00 .* Europe\/Paris/],
    ["AKDT", /-08:00 .* America\/Anchorage/],
  ];
  for (const [letters, remedy] of meant) {
    assert.throws(() => new TimeZone(letters), { kind: "usage", message: remedy }, letters);
  }
  assert.throws(() => new TimeZone("UTC-8"), /neither an IANA name nor an offset: write -08:00\.$/);
  assert.throws(() => new TimeZone("GMT+10"), /write \+10:00\.$/);
  for (const none of ["+15:00", "-1300", "+0015", "-08:30", "+99"]) {
    assert.throws(() => new TimeZone(none), /no clock on earth shows that offset/, none);
  }
  for (const no of ["", "Z", "-8", "+8:00", "Local", "America/Nowhere", "Etc/GMT+15", "Factory"]) {
    assert.throws(() => new TimeZone(no), { kind: "usage" }, no);
  }
});

Deno.test("fixed offsets and IANA names are taken, links of IANA included, and Etc/GMT+8 is behind UTC", () => {
  const hours = (name: string) => new TimeZone(name).offsetMs(Date.UTC(2021, 0, 1)) / 3_600_000;
  assert.deepEqual(["-08:00", "-0800", "-08"].map(hours), [-8, -8, -8]);
  assert.deepEqual(["+05:45", "+13:45", "-12:00", "+14"].map(hours), [5.75, 13.75, -12, 14]);
  assert.deepEqual(["Etc/GMT+8", "US/Pacific", "PST8PDT"].map(hours), [-8, -8, -8]);
  assert.deepEqual(["UTC", "GMT", "Etc/UTC", "Zulu"].map(hours), [0, 0, 0, 0]);
  assert.deepEqual([hours("japan"), hours("ROK"), hours("Asia/Calcutta")], [9, 9, 5.5]);
  assert.equal(new TimeZone("america/los_angeles").name, "America/Los_Angeles");
  const [startMs] = new TimeZone("-08:00").instants(Date.UTC(2021, 2, 14, 2, 30));
  assert.equal(startMs, Date.UTC(2021, 2, 14, 10, 30));
});

Deno.test("every offset that a zone has had since 2000 is one that clocks on earth have", () => {
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    let there: Temporal.ZonedDateTime | null = new TimeZone(zone).at(Date.UTC(2000, 0));
    while (there !== null && there.year < 2036) {
      assert.ok(isEarthly(there.offsetNanoseconds / 6e10), `${zone} ${there}`);
      there = there.getTimeZoneTransition("next");
    }
  }
});

Deno.test("a zone's offset is the clock's at every instant, asked for in any order", () => {
  const zone = new TimeZone("America/Los_Angeles");
  const change = Date.UTC(2021, 2, 14, 10);
  const asked = [change - 1, change, change - 1, change + 1, change, Date.UTC(1970, 0), change - 1];
  const hours = asked.map((ms) => zone.offsetMs(ms) / 3_600_000);
  assert.deepEqual(hours, [-8, -7, -8, -7, -7, -8, -8]);
});
