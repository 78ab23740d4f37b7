import assert from "node:assert/strict";
import { from } from "arquero";
import {
  gapsByHour,
  identicalFiles,
  nearMoments,
  repeatedMinutes,
  songNearGaps,
  songNearMoments,
} from "../../../analysis/artefacts/mod.ts";
import { presenceColumns } from "../../../analysis/presence/mod.ts";
import { SeededRandom } from "../../../core/random.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const DAYS = 60;
const borders = Array.from({ length: DAYS * 4 }, (_, i) => new Date(i * 6 * 3_600_000));
const draw = new SeededRandom(1);
const anywhere = presenceTable(0, DAYS * 1440, 60, () => [60, draw.integer(0, 9) === 0 ? 60 : 0]);

Deno.test("song that follows the files' borders is found, and song that does not is not", () => {
  const random = new SeededRandom(2);
  const following = presenceTable(0, DAYS * 1440, 60, (_, minute) => {
    const near = Math.min(minute % 360, 359 - minute % 360) < 2;
    return [60, random.integer(0, 9) < (near ? 5 : 1) ? 60 : 0];
  });
  const [found, none] = [following, anywhere].map((presence) =>
    songNearMoments(presence, borders).object(0) as Record<string, number>
  );
  assert.ok(found.difference > 0.3 && found.p < 1e-5, JSON.stringify(found));
  assert.ok(none.p > 0.01 && none.low < 0 && none.high > 0, JSON.stringify(none));
  assert.equal(none.near_effort_s, (borders.length * 4 - 2) * 60);
});

Deno.test("near and beside are told by the middle of a cell, and beside must reach farther", () => {
  const columns = presenceColumns(presenceTable(0, 10, 60, (_, i) => [60, i]));
  const found = nearMoments(columns, [300_000], 60_000, 120_000);
  assert.equal(found.nearBout, 4 + 5);
  assert.equal(found.besideBout, 3 + 6);
  assert.throws(() => nearMoments(columns, [], 10, 10), /beside must reach farther/);
});

Deno.test("song beside the recorder's pauses is found, and hours of maintenance are counted", () => {
  const random = new SeededRandom(4);
  const presence = presenceTable(0, DAYS * 1440, 60, (_, minute) => {
    const of = minute % 1440;
    if (of >= 1020 && of < 1030) return [0, 0];
    return [60, random.integer(0, 9) < (of >= 1030 && of < 1040 ? 6 : 1) ? 60 : 0];
  });
  const found = songNearGaps(presence).object(0) as Record<string, number>;
  assert.ok(found.difference > 0.2 && found.p < 0.001);
  const hours = gapsByHour(presence);
  assert.equal(hours.get("gaps", 17), DAYS);
  assert.equal(hours.get("unheard_s", 17), DAYS * 600);
  assert.equal(hours.get("gaps", 16), 0);
});

Deno.test("a gap counts in the hour that it begins in, though the window before it is lost", () => {
  // From 17:00 on nothing for a quarter of an hour: the last window of 16:59 is not whole.
  const rule = (lost: number) => (ms: number): [number, number] => {
    const minute = Math.floor(ms / 60_000) % 1440;
    return minute === 1019 ? [57, 0] : minute >= 1020 && minute < 1035 ? [lost, 0] : [60, 0];
  };
  const hours = gapsByHour(presenceTable(0, 3 * 1440, 60, rule(0)));
  assert.deepEqual([hours.get("gaps", 16), hours.get("gaps", 17)], [0, 3]);
  assert.equal(hours.get("unheard_s", 17), 3 * 900);
});

Deno.test("planned pauses of a recorder that sleeps are no gaps, lost recordings are", () => {
  // 10 of 30 minutes; two recordings in a row are lost, and a third is cut.
  const cells = Array.from({ length: 1440 }, (_, minute) => ({
    start: new Date(minute * 60_000),
    scheduled_s: minute % 30 < 9 ? 60 : minute % 30 === 9 ? 57 : 0,
  }));
  const lost = (minute: number): boolean =>
    (minute >= 300 && minute < 340) || (minute >= 903 && minute < 910);
  const presence = from(cells.map((cell, minute) => ({
    ...cell,
    effort_s: lost(minute) ? 0 : cell.scheduled_s,
    call_s: 0,
  })));
  const hours = gapsByHour(presence);
  const gaps = Array.from(hours.array("gaps") as Iterable<number>);
  assert.deepEqual(gaps.flatMap((count, hour) => count > 0 ? [[hour, count]] : []), [
    [5, 1],
    [15, 1],
  ]);
  assert.equal((songNearGaps(presence).object(0) as { moments: number }).moments, 4);
});

Deno.test("the same bytes under two names are found, but not two files written in one second", () => {
  const file = (uri: string, version: string, hour: number) => ({
    uri,
    version,
    sizeBytes: 1_000,
    start: new Date(hour * 3_600_000).toISOString(),
  });
  const files = [
    file("s3://late", "etag-1", 9),
    file("s3://early", "etag-1", 2),
    file("s3://early", "etag-1", 2),
    file("s3://other", "etag-2", 3),
    file("file:///a", "2021-01-01T00:00:00.000Z", 4),
    file("file:///b", "2021-01-01T00:00:00.000Z", 5),
  ];
  const groups = identicalFiles(files).map((group) => group.map(({ uri }) => uri));
  assert.deepEqual(groups, [["s3://early", "s3://late"]]);
});

Deno.test("minutes that score alike to the last digit are the same audio, silence and gaps are not", async () => {
  const random = new SeededRandom(3);
  const hour = (): Float64Array =>
    Float64Array.from({ length: 3600 }, () => Math.round(random.between(0, 1) * 1e6) / 1e6);
  const [first, second] = [hour(), hour()];
  second.set(first.subarray(600, 660), 1800);
  for (const scores of [first, second]) {
    scores.fill(0.25, 0, 120);
    scores.fill(NaN, 120, 240);
  }
  const found = await repeatedMinutes([{ hourMs: 0, scores: first }, {
    hourMs: 3_600_000,
    scores: second,
  }]);
  assert.deepEqual(found, [{ startMs: [600_000, 5_400_000] }]);
});
