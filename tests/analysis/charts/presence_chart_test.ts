import assert from "node:assert/strict";
import { presenceChart } from "../../../analysis/charts/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const START_MS = Date.UTC(2021, 0, 1, 5);
const DAY_MS = 86_400_000;
const PLACE = { latitude: 36.713, longitude: -122.187 };

interface Layer {
  data: { values: string };
  mark: { type: string };
  encoding: Record<string, { field?: string }>;
}

/** The rows of the layer whose cells are coloured by song, and of the rectangles not heard. */
function drawn(rule: (ms: number) => [number, number], offsetHours = 0): {
  song: { day: number; hour: number; song: number }[];
  unheard: { x: number; x2: number; y: number; y2: number }[];
} {
  const presence = presenceTable(START_MS, 48, 3600, rule);
  const texts = { title: "", subtitle: "" };
  const spec = presenceChart({ ...texts, presence, place: PLACE, offsetHours });
  const { vconcat } = spec as unknown as { vconcat: { layer: Layer[] }[] };
  const rows = (find: (layer: Layer) => boolean): never[] =>
    JSON.parse(vconcat[1].layer.find(find)!.data.values);
  const rects = vconcat[1].layer.filter(({ mark, encoding }) =>
    mark.type === "rect" && encoding.x.field === "x"
  );
  return {
    song: rows(({ encoding }) => encoding.color?.field === "song"),
    unheard: JSON.parse(rects[1].data.values),
  };
}

Deno.test("hours before the first score and after the last are hatched, not blank", () => {
  const { unheard } = drawn(() => [3600, 0]);
  const day = Date.UTC(2021, 0, 1);
  assert.deepEqual(unheard, [
    { x: day, x2: day + DAY_MS, y: 0, y2: 5 },
    { x: day + 2 * DAY_MS, x2: day + 3 * DAY_MS, y: 5, y2: 24 },
  ]);
});

Deno.test("an hour of which less than half was heard is hatched, though it has song", () => {
  const { song, unheard } = drawn((ms) => ms === START_MS ? [1799, 1799] : [1800, 900]);
  assert.equal(song.length, 47);
  assert.ok(song.every((cell) => cell.song === 50));
  assert.equal(unheard[0].y2, 6);
});

Deno.test("on another clock, song stands at that clock's day and hour", () => {
  const only = Date.UTC(2021, 0, 2, 3);
  const { song } = drawn((ms) => [3600, ms === only ? 900 : 0], -8);
  assert.deepEqual(song.map(({ day, hour }) => [day, hour]), [[Date.UTC(2021, 0, 1), 19]]);
});

Deno.test("presence of minutes is refused", () => {
  const presence = presenceTable(0, 60, 60, () => [60, 0]);
  const texts = { title: "", subtitle: "" };
  assert.throws(() => presenceChart({ ...texts, presence, place: PLACE }), RangeError);
});
