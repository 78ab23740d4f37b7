import assert from "node:assert/strict";
import type { ReportInput } from "../../../analysis/report/mod.ts";
import { seasonSection } from "../../../analysis/report/season_section.ts";

/** What the section says of two seasons of hours, each with so many seconds to be recorded. */
function told(first: number, second: number): string {
  const startMs = Float64Array.from(
    { length: 731 * 24 },
    (_, hour) => Date.UTC(2015, 7, 1) + hour * 3_600_000,
  );
  const effort = startMs.map((ms) => ms < Date.UTC(2016, 7, 1) ? first : second);
  const positive = effort.map((seconds, hour) => seconds * (hour % 7) / 20);
  const hours = { startMs, effort, positive, scheduled: effort, cellMs: 3_600_000 };
  const input = { gathered: { hours, minutes: hours }, settings: { threshold: 0.5 }, notices: [] };
  return seasonSection(input as unknown as ReportInput).paragraphs!.join("\n");
}

Deno.test("a report says that a duty-cycled month is no census, and which seasons had other schedules", () => {
  const same = told(1200, 1200);
  assert.match(same, /33 % of the time was to be recorded.*no census/);
  assert.doesNotMatch(same, /different schedules/);
  const other = told(1200, 3600);
  assert.match(
    other,
    /2015\/16 and 2016\/17 were recorded by different schedules \(33 % and 100 %/,
  );
  assert.match(other, /not thinned to one/);
  assert.doesNotMatch(told(3600, 3600), /schedule/);
});
