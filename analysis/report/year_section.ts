import { DAY_MS } from "../../core/mod.ts";
import { minuteImage, nightRects, yearChart } from "../charts/mod.ts";
import { seasonRanges } from "../season/mod.ts";
import { firstMonthOf, type ReportInput, subtitleOf } from "./report_input.ts";
import type { ReportSection } from "./report_model.ts";

/** Makes the pictures of every minute: a season each, all on one axis of months. */
export function yearSection(input: ReportInput): ReportSection {
  const { minutes } = input.gathered;
  const startMs = Number(minutes.get("start", 0));
  const stopMs = startMs + minutes.numRows() * 60_000;
  const columns = {
    startMs,
    effort: minutes.array("effort_s") as ArrayLike<number>,
    call: minutes.array("call_s") as ArrayLike<number>,
  };
  const firstDayMs = Math.floor(startMs / DAY_MS) * DAY_MS;
  const days = Math.ceil((stopMs - firstDayMs) / DAY_MS);
  const firstMonth = firstMonthOf(input);
  const seasons = seasonRanges({ firstDayMs, days }, firstMonth);
  const charts = seasons.map(({ season, from, to }) => {
    const [fromMs, toMs] = [from, to].map((day) => firstDayMs + day * DAY_MS);
    const axisFromMs = Date.UTC(Number(season.slice(0, 4)), firstMonth - 1);
    const axisToMs = Date.UTC(Number(season.slice(0, 4)) + 1, firstMonth - 1);
    return yearChart({
      title: `Every minute, season ${season}`,
      subtitle: subtitleOf(input),
      fromMs,
      toMs,
      // A single season may be a few days, which an axis of a year would make too small to see.
      ...seasons.length > 1 ? { axisFromMs, axisToMs } : {},
      image: minuteImage(columns, fromMs, toMs, isNightIn(input, fromMs, toMs)),
    });
  });
  return { id: "minutes", heading: "Every minute", charts };
}

/** Whether an instant of a range lies between sunset and sunrise. */
function isNightIn({ site }: ReportInput, fromMs: number, toMs: number): (ms: number) => boolean {
  if (site === undefined) return () => false;
  const nights = new Map<number, [number, number][]>();
  for (const { x, y, y2 } of nightRects(site, fromMs, toMs)) {
    nights.set(x, [...nights.get(x) ?? [], [y, y2]]);
  }
  return (ms) => {
    const day = Math.floor(ms / DAY_MS) * DAY_MS;
    const hour = (ms - day) / 3_600_000;
    return nights.get(day)?.some(([from, to]) => hour >= from && hour < to) ?? false;
  };
}
