import { minuteImage, yearChart } from "../charts/mod.ts";
import { nightRects } from "../charts/night_rects.ts";
import { DAY_MS } from "../../pipeline/recording/archive/archive.ts";
import { type ReportInput, subtitleOf } from "./report_input.ts";
import type { ReportSection } from "./report_model.ts";

/** Every minute of every calendar year, as pictures. */
export function yearSection(input: ReportInput): ReportSection {
  const { minutes } = input.gathered;
  const startMs = Number(minutes.get("start", 0));
  const stopMs = startMs + minutes.numRows() * 60_000;
  const columns = {
    startMs,
    effort: minutes.array("effort_s") as ArrayLike<number>,
    call: minutes.array("call_s") as ArrayLike<number>,
  };
  const years: [number, number][] = [];
  for (let year = new Date(startMs).getUTCFullYear(); Date.UTC(year) < stopMs; year++) {
    years.push([Math.max(startMs, Date.UTC(year)), Math.min(stopMs, Date.UTC(year + 1))]);
  }
  const charts = years.map(([from, to]) => {
    const fromMs = Math.floor(from / DAY_MS) * DAY_MS;
    const toMs = Math.ceil(to / DAY_MS) * DAY_MS;
    return yearChart({
      title: `Every minute of ${new Date(fromMs).getUTCFullYear()}`,
      subtitle: subtitleOf(input),
      fromMs,
      toMs,
      image: minuteImage(columns, fromMs, toMs, isNightIn(input, fromMs, toMs)),
    });
  });
  return { id: "minutes", heading: "Every minute", charts };
}

/** Whether an instant of a range lies between sunset and sunrise. */
function isNightIn({ site }: ReportInput, fromMs: number, toMs: number): (ms: number) => boolean {
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
