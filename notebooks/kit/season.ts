import type { ColumnTable } from "arquero";
import { tableOfColumns } from "../../analysis/presence/mod.ts";
import { gather } from "../../analysis/report/mod.ts";
import { BOUT_DEFAULTS, type BoutOptions } from "../../pipeline/bouts/mod.ts";
import { ScoreSet } from "../../pipeline/scores/mod.ts";
import { findSite } from "../../pipeline/timeline/mod.ts";
import { hoursOfMinutes, type PackedSeason, unpackMinutes } from "./packed_minutes.ts";
import { Progress } from "./progress.ts";

/** A season of scores, ready for the analyses. */
export interface Season {
  /** Presence by minutes and by hours (UTC). */
  minutes: ColumnTable;
  hours: ColumnTable;
  site: { name: string; title: string; latitude: number; longitude: number };
  /** A line to put below charts: the place, the threshold, and what must be said. */
  subtitle: string[];
}

/** Where a season comes from. */
export interface SeasonOptions extends Partial<BoutOptions> {
  /** Your folder of hourly scores; without it, the small simulated season that comes along. */
  folder?: string | undefined;
  /** Where the hydrophone stands; `mars` by default. */
  site?: string;
}

/**
 * Opens a season: your own folder of hourly scores, or a simulated one that lies in `data/`.
 *
 * @param options Which one, and how scores become song.
 * @returns The season.
 */
export async function openSeason(options: SeasonOptions = {}): Promise<Season> {
  const { folder, site = "mars", ...settings } = options;
  if (folder === undefined) return await openPacked(`data/${site}-simulated`);
  const set = await ScoreSet.open(folder);
  const progress = new Progress(set.hours, "hours of scores read");
  let read = 0;
  const all = { ...BOUT_DEFAULTS, ...settings };
  const onHour = (): void => void progress.at(++read);
  const kept = { best: 0, random: 0, seed: 1 };
  const { minutes, hours } = await gather(set, { ...all, ...kept, onHour });
  const place = findSite(site);
  return {
    minutes: tableOfColumns(minutes),
    hours: tableOfColumns(hours),
    site: place,
    subtitle: [
      `${place.title}; threshold ${all.threshold}`,
      ...set.origin.notices,
    ],
  };
}

async function openPacked(path: string): Promise<Season> {
  const about: PackedSeason = JSON.parse(
    await Deno.readTextFile(`${path}.json`),
  );
  const file = await Deno.open(`${path}.csv.gz`);
  const csv = await new Response(
    file.readable.pipeThrough(new DecompressionStream("gzip")),
  ).text();
  const minutes = unpackMinutes(csv, Date.parse(about.start));
  const { site, settings, notice } = about;
  return {
    minutes,
    hours: hoursOfMinutes(minutes),
    site,
    subtitle: [`${site.title}; threshold ${settings.threshold}`, notice],
  };
}
