import type { TopLevelSpec } from "vega-lite";
import {
  clipChart,
  dielChart,
  histogramChart,
  hourChart,
  lightChart,
  minuteImage,
  monthHourChart,
  precisionRecallChart,
  presenceChart,
  seasonChart,
  seasonsChart,
  yearChart,
} from "../../../analysis/charts/mod.ts";
import { byHourOfDay, byLight } from "../../../analysis/diel/mod.ts";
import { byMonth, byWeek, monthByHour } from "../../../analysis/season/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const START_MS = Date.UTC(2020, 9, 1);
const DAY_MS = 86_400_000;
const DAYS = 120;
const PLACE = { latitude: 36.713, longitude: -122.187 };
const TEXTS = { title: "An example", subtitle: ["made by a rule", "no whale is behind it"] };

const LEVELS = { lowDb: -90, highDb: -30 };

/** Song that grows to the middle, more of it by night; no effort for five days and some hours. */
function rule(seconds: number): (ms: number) => [number, number] {
  return (ms) => {
    const day = (ms - START_MS) / DAY_MS;
    const hour = (ms % DAY_MS) / 3_600_000;
    const unheard = day >= 30 && day < 35 || day >= 80 && day < 90 && hour < 8;
    if (unheard) return [0, 0];
    const night = hour > 2 && hour < 14 ? 1 : 0.3;
    const season = Math.max(0, 1 - Math.abs(day - 60) / 50);
    const wave = 0.6 + 0.4 * Math.sin(Math.floor(day));
    return [seconds, Math.round(seconds * night * season * wave)];
  };
}

/** An example of every chart, by its name; always the same. */
export function exampleCharts(): Record<string, TopLevelSpec> {
  const presence = presenceTable(START_MS, DAYS * 24, 3600, rule(3600));
  const minutes = presenceTable(START_MS, DAYS * 1440, 60, rule(60));
  const column = (name: string): ArrayLike<number> => minutes.array(name) as ArrayLike<number>;
  const columns = { startMs: START_MS, effort: column("effort_s"), positive: column("call_s") };
  const stopMs = START_MS + DAYS * DAY_MS;
  const isNight = (ms: number): boolean => ms % DAY_MS > 7_200_000 && ms % DAY_MS < 50_400_000;
  const rates = (precision: number, recall: number) => ({ precision, recall, f1: 0, errorRate: 0 });
  return {
    presence: presenceChart({ ...TEXTS, presence, place: PLACE, interactive: true }),
    season: seasonChart({ ...TEXTS, months: byMonth(presence), weeks: byWeek(presence) }),
    diel: dielChart({ ...TEXTS, hours: byHourOfDay(presence), clock: "UTC" }),
    light: lightChart({ ...TEXTS, light: byLight(presence, PLACE) }),
    histogram: histogramChart({
      ...TEXTS,
      counts: Array.from({ length: 50 }, (_, bin) => bin === 7 ? 0 : 10_000 >> Math.floor(bin / 4)),
      threshold: 0.5,
    }),
    precision_recall: precisionRecallChart({
      ...TEXTS,
      rows: Array.from({ length: 10 }, (_, i) => ({
        threshold: (i + 1) / 10,
        seconds: i === 9 ? rates(NaN, 0) : rates(0.5 + i / 20, 1 - (i / 10) ** 2),
        events: i === 9 ? rates(NaN, 0) : rates(0.4 + i / 20, 0.8 - (i / 10) ** 2 / 2),
        recall: 1,
        falsePerHour: 0,
      })),
    }),
    year: yearChart({
      ...TEXTS,
      image: minuteImage(columns, START_MS, stopMs, isNight),
      fromMs: START_MS,
      toMs: stopMs,
    }),
    month_hour: monthHourChart({ ...TEXTS, months: monthByHour(presence), clock: "UTC" }),
    seasons: seasonsChart({ ...TEXTS, months: byMonth(presence), firstMonth: 12 }),
    clip: clipChart({
      ...TEXTS,
      description: "A spectrogram of no sound.",
      image: { url: minuteImage(columns, START_MS, START_MS + DAY_MS, isNight), ...LEVELS },
      topHz: 5000,
      fromSeconds: -4,
      toSeconds: 6,
    }),
    hour: hourChart({
      title: "An example",
      subtitle: "made by a rule",
      startMs: START_MS,
      stopMs: START_MS + 3_600_000,
      image: { url: minuteImage(columns, START_MS, START_MS + DAY_MS, isNight), ...LEVELS },
      topHz: 5000,
      scores: Array.from({ length: 360 }, (_, i) => ({
        ms: START_MS + 10_000 * i,
        raw: i > 200 && i < 220 ? NaN : i % 60 / 60,
        filtered: i > 200 && i < 220 ? NaN : i % 60 / 80,
      })),
      threshold: 0.5,
      rows: [{
        label: "calls",
        colour: "#D55E00",
        spans: [{ name: "a call", startMs: START_MS + 600_000, stopMs: START_MS + 900_000 }],
      }],
    }),
  };
}
