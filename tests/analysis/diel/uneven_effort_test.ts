import assert from "node:assert/strict";
import type { ColumnTable } from "arquero";
import { byLight, lightTests } from "../../../analysis/diel/mod.ts";
import { byMonth, proportionOfTime } from "../../../analysis/season/mod.ts";
import { lightSpans } from "../../../analysis/sun/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";
import { MARS, simulatedPresence } from "../../helpers/simulated_presence.ts";

const START_MS = Date.UTC(2016, 8, 1);
const STOP_MS = Date.UTC(2017, 5, 1);
const whole = simulatedPresence(15, START_MS, STOP_MS);

/** The same with every second night unheard. */
function withoutHalfTheNights(presence: ColumnTable): ColumnTable {
  const nights = lightSpans(MARS, START_MS, STOP_MS).filter(({ light }) => light === "night");
  let night = 0;
  const positive = presence.array("call_s") as number[];
  return presenceTable(START_MS, presence.numRows(), 60, (ms, cell) => {
    while (night < nights.length && nights[night].stopMs <= ms) night++;
    const unheard = night < nights.length && night % 2 === 0 && ms >= nights[night].startMs;
    return unheard ? [0, 0] : [60, positive[cell]];
  });
}

const halved = withoutHalfTheNights(whole);

Deno.test("with half of the nights' effort removed the share of song at night stays, where a naive count falls", () => {
  const [before, after] = [whole, halved].map((presence) => {
    const light = byLight(presence, MARS);
    return {
      share: light.get("share_of_song", 0) as number,
      low: light.get("share_low", 0) as number,
      high: light.get("share_high", 0) as number,
      occupancy: light.get("occupancy", 0) as number,
      naive: light.get("naive_share", 0) as number,
    };
  });
  assert.ok(Math.abs(after.share - before.share) < 0.015, `${before.share} to ${after.share}`);
  assert.ok(after.low < before.share && before.share < after.high);
  assert.ok(Math.abs(after.occupancy - before.occupancy) < 0.03);
  assert.ok(Math.abs(before.naive - before.share) < 0.005);
  assert.ok(before.naive - after.naive > 0.12, `naive ${before.naive} to ${after.naive}`);
});

Deno.test("with half of the nights' effort removed the proportion of time and the season stay", () => {
  const [before, after] = [whole, halved].map((presence) => proportionOfTime(presence));
  const value = (of: ColumnTable, name: string): number => of.get(name, 0) as number;
  const moved = Math.abs(value(after, "proportion") - value(before, "proportion"));
  const naive = Math.abs(value(after, "naive") - value(before, "naive"));
  assert.ok(moved < 0.01 && naive > 2 * moved, `moved ${moved}, naively ${naive}`);
  const [months, fewer] = [whole, halved].map((presence) => byMonth(presence));
  for (let row = 0; row < months.numRows(); row++) {
    const truth = months.get("proportion", row) as number;
    const [low, high] = [fewer.get("low", row) as number, fewer.get("high", row) as number];
    assert.ok(low <= truth && truth <= high, `month ${row}: ${truth} not in ${low} to ${high}`);
  }
});

Deno.test("night differs from day by days with or without half of the nights", () => {
  for (const presence of [whole, halved]) {
    const tests = lightTests(presence, MARS);
    assert.equal(tests.get("second", 0), "day");
    assert.ok(tests.get("difference", 0) as number > 0.1);
    assert.ok(tests.get("p_holm", 0) as number < 0.05);
  }
});
