import { type ColumnTable, from } from "arquero";
import { DAY_MS, HOUR_MS } from "../../core/mod.ts";
import { type Presence, presenceColumns } from "../presence/mod.ts";
import { type Place, solarAltitude, sunCrossings } from "../sun/mod.ts";

/** Which crossings, and how far around them. */
export interface AroundSunOptions {
  /** Sunrise or sunset. */
  event: "sunrise" | "sunset";
  /** Hours before and after, > 0 to 12; 3 by default. */
  hours?: number | undefined;
  /** Width of a step, minutes, that the hours are a whole number of; 30 by default. */
  stepMinutes?: number | undefined;
  /** The altitude that is crossed, degrees; −0.833 by default. */
  limit?: number | undefined;
}

/**
 * Song by the time from sunrise or sunset, whenever those are: a change that follows the sun shows
 * here even where the clock blurs it. Cells count by their middle.
 *
 * @param presence A presence table of cells no longer than a step.
 * @param place Where the hydrophone stands.
 * @param options Which crossings, and how far around them.
 * @returns A row a step: `minutes` (start of the step from the crossing), `effort_s`, `call_s`,
 * `proportion`, `days` (crossings with effort in the step).
 * @throws {RangeError} Where the steps do not part the hours, or cells are longer than a step.
 */
export function aroundSun(
  presence: Presence,
  place: Place,
  options: AroundSunOptions,
): ColumnTable {
  const { event, hours = 3, stepMinutes = 30, limit = -0.833 } = options;
  const columns = presenceColumns(presence);
  const { startMs, effort, positive, cellMs } = columns;
  const half = hours * 60 / stepMinutes;
  if (!(hours > 0 && hours <= 12) || !Number.isInteger(half) || cellMs > stepMinutes * 60_000) {
    throw new RangeError(
      `Cannot go ${hours} h around ${event} in steps of ${stepMinutes} min with cells of ` +
        `${cellMs / 60_000} min: steps must part up to 12 hours, and hold a cell`,
    );
  }
  const endMs = startMs[startMs.length - 1] + cellMs;
  const crossings = sunCrossings(solarAltitude(place), startMs[0] - DAY_MS, endMs + DAY_MS, limit)
    .filter(({ rising }) => rising === (event === "sunrise"));
  const sums = Array.from({ length: 2 * half }, () => ({ effort: 0, positive: 0, days: 0 }));
  for (const { ms } of crossings) {
    const heard = new Set<number>();
    const first = Math.max(0, Math.floor((ms - hours * HOUR_MS - startMs[0]) / cellMs));
    for (let cell = first; cell < startMs.length; cell++) {
      const step = Math.floor((startMs[cell] + cellMs / 2 - ms) / (stepMinutes * 60_000)) + half;
      if (step >= 2 * half) break;
      if (step < 0) continue;
      sums[step].effort += effort[cell];
      sums[step].positive += positive[cell];
      if (effort[cell] > 0) heard.add(step);
    }
    for (const step of heard) sums[step].days++;
  }
  return from(sums.map((sum, step) => ({
    minutes: (step - half) * stepMinutes,
    effort_s: sum.effort,
    call_s: sum.positive,
    proportion: sum.positive / sum.effort,
    days: sum.days,
  })));
}
