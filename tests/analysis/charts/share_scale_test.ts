import assert from "node:assert/strict";
import { compile } from "vega-lite";
import { dielChart, lightChart, seasonChart } from "../../../analysis/charts/mod.ts";
import { byHourOfDay, byLight } from "../../../analysis/diel/mod.ts";
import { byMonth } from "../../../analysis/season/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const TEXTS = { title: "", subtitle: "" };

Deno.test("where there is no song, 0 stands at the foot of every chart of proportions", () => {
  const silent = presenceTable(Date.UTC(2021, 2, 1), 24 * 40, 3600, () => [3600, 0]);
  const charts = [
    seasonChart({ ...TEXTS, months: byMonth(silent) }),
    dielChart({ ...TEXTS, hours: byHourOfDay(silent), clock: "UTC" }),
    lightChart({ ...TEXTS, light: byLight(silent, { latitude: 36.713, longitude: -122.187 }) }),
  ];
  for (const spec of charts) {
    const text = JSON.stringify(compile(spec).spec);
    assert.match(text, /"domain":\[0,1\]/);
    assert.doesNotMatch(text, /"domainMin":0/);
    assert.match(String(spec.description), /no song was found|night 0\.0 %/);
  }
});
