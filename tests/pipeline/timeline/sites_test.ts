import assert from "node:assert/strict";
import { TimeZone } from "../../../core/mod.ts";
import {
  findSite,
  isTemplate,
  KNOWN_SITES,
  readSites,
  templateList,
} from "../../../pipeline/timeline/mod.ts";

const PIER = {
  name: "pier",
  title: "Our pier",
  source: "/data/{YYYYMMDD}.wav",
  latitude: 36.6,
  longitude: -121.9,
  depthM: 8,
  timeZone: "America/Los_Angeles",
};

Deno.test("the sites that are built in keep to the rules that users' own are held to", () => {
  assert.deepEqual(readSites(JSON.stringify(KNOWN_SITES), "built in"), [...KNOWN_SITES]);
  for (const { source, timeZone } of KNOWN_SITES) {
    if (isTemplate(source)) templateList(source);
    new TimeZone(timeZone);
  }
});

Deno.test("a user's own site comes before one that is built in", () => {
  const own = readSites(JSON.stringify([{ ...PIER, name: "mars" }]), "sites.json");
  assert.equal(findSite("mars", own).title, "Our pier");
  assert.throws(() => findSite("moon", own), /Cannot find the site "moon": known are mars, /);
});

const wrong: [string, unknown, RegExp][] = [
  ["is no list", {}, /as it is wrong/],
  ["is empty", [], /as it is wrong/],
  ["lies beyond the pole", [{ ...PIER, latitude: 91 }], /"0\.latitude" is wrong/],
  ["has a field that nobody knows", [{ ...PIER, depth: 3 }], /"0" is wrong.*depth/],
  [
    "has no such zone",
    [{ ...PIER, timeZone: "Mars/Olympus" }],
    /as "pier" has the time zone "Mars\/Olympus"/,
  ],
  [
    "ends before it begins",
    [{ ...PIER, begins: "2021-01-02", ended: "2021-01-01" }],
    /"pier" has ended \(2021-01-01\) before it begins/,
  ],
  ["is there twice", [PIER, PIER], /"pier" is there twice/],
];
for (const [what, value, message] of wrong) {
  Deno.test(`a site that ${what} is refused by name`, () => {
    assert.throws(() => readSites(JSON.stringify(value), "sites.json"), (error) => {
      assert(error instanceof Error);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("sites that are not JSON are refused", () => {
  assert.throws(() => readSites("name: pier", "sites.json"), /sites\.json as it is not JSON/);
});
