import assert from "node:assert/strict";
import { type Light, LIGHTS } from "../../../analysis/sun/mod.ts";
import { type TrueDay, truthOf } from "../../../simulation/season/mod.ts";
import { MARS } from "../../helpers/simulated_presence.ts";

const { days } = truthOf({ site: MARS, seed: 15 }, Date.UTC(2015, 7, 1), Date.UTC(2017, 7, 1));

const all = (of: Record<Light, number>): number =>
  LIGHTS.reduce((sum, light) => sum + of[light], 0);
const total = (some: readonly TrueDay[], value: (day: TrueDay) => number): number =>
  some.reduce((sum, day) => sum + value(day), 0);
const months = (...names: string[]): TrueDay[] =>
  days.filter(({ date }) => names.some((name) => date.includes(name)));
const near = (found: number, expected: number, apart: number): void =>
  assert.ok(Math.abs(found - expected) <= apart, `${found} is not ${expected} ± ${apart}`);

for (
  const [what, song, loose] of [
    ["on average", ({ expectedSong }: TrueDay) => expectedSong, 0],
    ["as the default seed draws it", ({ song }: TrueDay) => song, 1],
  ] as const
) {
  Deno.test(`the simulated years are as published of MARS, ${what}`, () => {
    const sung = total(days, (day) => all(song(day)));
    const share = (light: Light): number => total(days, (day) => song(day)[light]) / sung;
    near(share("night"), 0.69, 0.001 + 0.02 * loose);
    near(share("day"), 0.23, 0.001 + 0.02 * loose);
    near(share("dawn") + share("dusk"), 0.08, 0.001 + 0.005 * loose);
    const winter = total(months("-11-", "-12-", "-01-"), (day) => all(song(day)));
    assert.ok(winter / sung > 0.8, `${winter / sung} of the song in November to January`);
    const november = total(months("2016-11-"), (day) => all(song(day))) / (30 * 86_400);
    near(november, 0.58, 0.005 + 0.02 * loose);
    assert.equal(total(months("-06-", "-07-", "-08-"), (day) => all(song(day))), 0);
    assert.ok(total(months("-09-"), (day) => all(song(day))) > 0);
    const years = [days.slice(0, 366), days.slice(366)].map((year) =>
      total(year, (day) => all(song(day)))
    );
    near(years[1] / years[0], 1.51, 0.01 + 0.1 * loose);
  });
}

Deno.test("the simulated recorder pauses, and ships fool the detector, all year round", () => {
  const off = total(days, (day) => day.off) / total(days, (day) => all(day.seconds));
  assert.ok(off > 0.01 && off < 0.1, `${off} of the time off`);
  near(total(days, (day) => day.ships) / days.length, 0.5 * 390, 30);
  assert.ok(total(months("-07-"), (day) => day.ships) > 0);
});
