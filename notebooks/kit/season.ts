import type { ColumnTable } from "arquero";
import { tableOfColumns } from "../../analysis/presence/mod.ts";
import { gather } from "../../analysis/report/mod.ts";
import { MegapteraError } from "../../core/mod.ts";
import { boutSettings } from "../../pipeline/bouts/mod.ts";
import { ScoreSet } from "../../pipeline/scores/mod.ts";
import { hoursOfMinutes, type PackedSeason, unpackMinutes } from "./packed_minutes.ts";
import { checkOwn, type OwnData, sentence, siteOf } from "./own_data.ts";
import { Progress } from "./progress.ts";

/** A season of scores, ready for the analyses. */
export interface Season {
  /** Presence by minutes and by hours (UTC). */
  minutes: ColumnTable;
  hours: ColumnTable;
  /** Where the hydrophone stands; nothing where no site was named. */
  site: { name: string; title: string; latitude: number; longitude: number } | undefined;
  /** A line to put below charts: the place, the threshold, and what must be said. */
  subtitle: string[];
}

/**
 * Opens a season: your own folder of hourly scores, or a simulated one that lies in `data/`.
 *
 * @param own What the first cell names; of simulated seasons there are those of `mars`, the default,
 * and `sanctsound-mb01`.
 * @returns The season.
 * @throws {Error} One sentence, where what is named can't be read.
 */
export async function openSeason(own: OwnData): Promise<Season> {
  try {
    checkOwn(own);
    return own.scores === undefined ? await openPacked(own.site ?? "mars") : await openOwn(own);
  } catch (error) {
    throw sentence(error);
  }
}

/**
 * Gives the site of a season, for answers that need the sun.
 *
 * @throws {Error} One sentence, where none was named.
 */
export function placeOf({ site }: Season): NonNullable<Season["site"]> {
  if (site !== undefined) return site;
  throw sentence(
    new MegapteraError(
      "usage",
      "Cannot tell night from day as no site is named: set `site` in the first cell, and `sites` " +
        "for one of your own.",
    ),
  );
}

async function openOwn(own: OwnData): Promise<Season> {
  const set = await ScoreSet.open(own.scores!);
  const site = await siteOf(own);
  const settings = await boutSettings(set, { threshold: own.threshold });
  const progress = new Progress(set.hours, "hours of scores read");
  let read = 0;
  const onHour = (): void => void progress.at(++read);
  const { minutes, hours } = await gather(set, {
    ...settings,
    best: 0,
    random: 0,
    seed: 1,
    onHour,
  });
  return {
    minutes: tableOfColumns(minutes),
    hours: tableOfColumns(hours),
    site,
    subtitle: [
      `${site?.title ?? "No site named"}; threshold ${settings.threshold}`,
      ...set.origin.notices,
    ],
  };
}

async function openPacked(name: string): Promise<Season> {
  const path = `data/${name}-simulated`;
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
