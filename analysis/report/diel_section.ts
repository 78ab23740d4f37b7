import { dielChart, lightChart } from "../charts/mod.ts";
import { aroundSun, byHourOfDay, byLight, lightTests, normalisedByDay } from "../diel/mod.ts";
import { monthByHour } from "../season/mod.ts";
import { clockOf, NO_SITE, type ReportInput, subtitleOf } from "./gather.ts";
import { type ReportSection, reportTable } from "./report_model.ts";

/** Makes the section on when in the day. */
export function dielSection(input: ReportInput): ReportSection {
  const { hours, minutes } = input.gathered;
  const { site, zone } = input;
  const subtitle = subtitleOf(input);
  if (site === undefined) return withoutSun(input);
  const { clock, name } = clockOf(input);
  const ofDay = byHourOfDay(minutes, clock);
  const light = byLight(minutes, site);
  const around = (event: "sunrise" | "sunset") =>
    reportTable(`Song around ${event}`, aroundSun(minutes, site, { event }));
  return {
    id: "diel",
    heading: "When in the day",
    paragraphs: [
      (zone === undefined
        ? "Hours are the sun's: noon is when it stands highest on average (--zone takes a time " +
          "zone's). "
        : `Hours are those of ${zone.name}. `) +
      "Light is by the altitude of the sun: day above −0.833°, night below −12°, dawn and dusk " +
      "between.",
      "Papers give two figures under one name: of all song, the share that fell at night; and of the " +
      "night's time, the part with song. A long night has a large share without more song in any " +
      "hour of it. Nights are long in winter: where whales sing in winter, all nights of a year " +
      "together have more song than all days even if the whales ignore the sun. So classes of light " +
      "are compared on the same days, those that have all four classes.",
      "Differences are taken day by day, and say how much more of one class than of the other had " +
      "song on the same days; not why, and not whether it was so in every season. Tests are at the " +
      "level of days, never of seconds or hours, and adjusted for the six pairs after Holm.",
    ],
    charts: [
      dielChart({
        title: "Share of time with song, by hour of the day",
        subtitle,
        hours: ofDay,
        clock: name,
      }),
      lightChart({ title: "Song by light", subtitle, light }),
    ],
    tables: [
      reportTable("Light", light),
      reportTable(
        "Differences between classes of light on the same days",
        lightTests(minutes, site),
      ),
      reportTable("Occupancy less that day's mean", normalisedByDay(minutes, site)),
      reportTable(`Hours of the day (${name})`, ofDay),
      reportTable("Hours of the day (UTC)", byHourOfDay(hours)),
      around("sunrise"),
      around("sunset"),
      reportTable(`Months by hours of the day (${name})`, monthByHour(minutes, clock)),
    ],
  };
}

/** Makes the section of the hours of the day alone, where nobody said where the hydrophone stands. */
function withoutSun(input: ReportInput): ReportSection {
  const { clock, name } = clockOf(input);
  const { minutes } = input.gathered;
  const hours = byHourOfDay(minutes, clock);
  return {
    id: "diel",
    heading: "When in the day",
    paragraphs: [NO_SITE],
    charts: [
      dielChart({
        title: "Share of time with song, by hour of the day",
        subtitle: subtitleOf(input),
        hours,
        clock: name,
      }),
    ],
    tables: [
      reportTable(`Hours of the day (${name})`, hours),
      reportTable(`Months by hours of the day (${name})`, monthByHour(minutes, clock)),
    ],
  };
}
