import { DAY_MS } from "../../core/mod.ts";
import { type Light, LIGHTS, type LightSpan } from "../sun/mod.ts";
import { type DayCube, emptyCube } from "./day_cube.ts";
import type { PresenceColumns } from "./presence_columns.ts";

/**
 * Sums cells over days and classes of light. A cell that lies in two classes is shared out by time:
 * with cells of a minute that hardly matters, with cells of an hour it blurs dawn and dusk.
 *
 * @param columns The cells.
 * @param spans Stretches of light that cover them, as `lightSpans` makes them.
 * @returns A cube whose classes are `LIGHTS`.
 */
export function lightCube(columns: PresenceColumns, spans: readonly LightSpan[]): DayCube {
  const { startMs, effort, call, scheduled, cellMs } = columns;
  const cube = emptyCube(columns, LIGHTS.length);
  const index = new Map<Light, number>(LIGHTS.map((light, i) => [light, i]));
  let span = 0;
  for (let cell = 0; cell < startMs.length; cell++) {
    const [fromMs, toMs] = [startMs[cell], startMs[cell] + cellMs];
    while (spans[span].stopMs <= fromMs) span++;
    const day = Math.floor((fromMs - cube.firstDayMs) / DAY_MS) * LIGHTS.length;
    for (let i = span; i < spans.length && spans[i].startMs < toMs; i++) {
      const overlap = Math.min(toMs, spans[i].stopMs) - Math.max(fromMs, spans[i].startMs);
      const at = day + (index.get(spans[i].light) ?? 0);
      cube.part[at] += call[cell] * overlap / cellMs;
      cube.effort[at] += effort[cell] * overlap / cellMs;
      cube.possible[at] += overlap / 1000;
      cube.scheduled[at] += scheduled[cell] * overlap / cellMs;
    }
  }
  return cube;
}
