import { MIN_EFFORT } from "../../analysis/presence/min_effort.ts";
import type { CellSize } from "../../analysis/presence/cell_grid.ts";
import { TimeZone } from "../../pipeline/recording/time_zone.ts";
import type { PresenceArguments } from "../presence_arguments.ts";
import { readText } from "../read_text.ts";
import { siteNamed } from "../site_named.ts";
import { CsvPresence } from "./csv_presence.ts";
import { ExchangePresence } from "./exchange_presence.ts";
import type { PresenceWriter } from "./presence_writer.ts";

/** What writes presence, and the cells that it wants. */
export interface OpenPresence {
  writer: PresenceWriter;
  by: CellSize;
  /** Share of what is scheduled that a cell must have for anything to be said of it. */
  minEffort: number;
  /** What the format's own rules say of positive days and hours. */
  notes: string[];
}

/**
 * Opens what writes presence in the format of the options. Each is loaded only where it is asked for.
 *
 * @param options The command's options, which go together.
 * @returns What writes it.
 * @throws {MegapteraError} `data` or `configuration` where settings can't be read.
 */
export async function openPresence(options: PresenceArguments): Promise<OpenPresence> {
  const { format, out, zone, minEffort = MIN_EFFORT } = options;
  if (format === "csv") {
    const writer = await CsvPresence.open(new TimeZone(zone), out);
    return { writer, by: options.by ?? "hour", minEffort, notes: [] };
  }
  if (format === "pars") {
    const { parseParsSettings, presenceToPars } = await import(
      "../../analysis/exports/pars/mod.ts"
    );
    const path = options.parsSettings!;
    const settings = parseParsSettings(await readText(path), path);
    const { confirmed, least_positive_seconds, least_effort_share } = settings;
    return {
      writer: new ExchangePresence(out!, (rows) => presenceToPars(rows, settings)),
      by: options.by ?? "day",
      minEffort: least_effort_share,
      notes: [
        `A day is POSSIBLY_DETECTED from ${least_positive_seconds} positive seconds on, and ` +
        `DETECTED only where a person confirmed it: ${confirmed.length} days by ${path}.`,
      ],
    };
  }
  const { presenceToPamscapes } = await import("../../analysis/exports/pamscapes/mod.ts");
  const site = options.site === undefined
    ? undefined
    : await siteNamed(options.site, options.sites);
  const position = site && { position: { latitude: site.latitude, longitude: site.longitude } };
  return {
    writer: new ExchangePresence(
      out!,
      (rows) => presenceToPamscapes(rows, { leastEffortShare: minEffort, ...position }),
    ),
    by: options.by ?? "hour",
    minEffort,
    notes: [
      "PAMscapes takes every row for a detection: a bin is in it from 1 positive second on, and off " +
      `effort below ${minEffort} of what is scheduled.`,
    ],
  };
}
