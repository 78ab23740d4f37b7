import { type CellSize, MIN_EFFORT } from "../../analysis/presence/mod.ts";
import { TimeZone } from "../../core/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
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
  /**
   * Says what the format's own rules make of positive days and hours.
   *
   * @param blank How many cells with effort have too little of it.
   * @param heard How many cells have effort.
   */
  notesOf: (blank: number, heard: number) => string[];
}

/**
 * Opens what writes presence in the format of the options. Each is loaded only where it is asked for.
 *
 * @param options The command's options, which go together.
 * @param set The scores, for what is known of them once they are read.
 * @returns What writes it.
 * @throws {MegapteraError} `data` or `configuration` where settings can't be read.
 */
export async function openPresence(
  options: PresenceArguments,
  set: ScoreSet,
): Promise<OpenPresence> {
  const { format, out, zone, minEffort = MIN_EFFORT } = options;
  if (format === "csv") {
    const writer = await CsvPresence.open(new TimeZone(zone), out);
    return { writer, by: options.by ?? "hour", minEffort, notesOf: tooLittle(minEffort) };
  }
  if (format === "pars") {
    const { parseParsSettings, presenceToPars } = await import(
      "../../analysis/exports/pars/mod.ts"
    );
    const path = options.parsSettings!;
    const settings = parseParsSettings(await readText(path), path);
    const { confirmed, least_positive_seconds, least_effort_share: share } = settings;
    return {
      writer: new ExchangePresence(out!, (rows) => presenceToPars(rows, settings)),
      by: options.by ?? "day",
      minEffort: share,
      notesOf: (blank, heard) => [
        ...tooLittle(share)(blank, heard),
        `A day is POSSIBLY_DETECTED from ${least_positive_seconds} positive seconds on, and ` +
        `DETECTED only where a person confirmed it: ${confirmed.length} days by ${path}.`,
      ],
    };
  }
  const { presenceToPamscapes, speciesOf } = await import(
    "../../analysis/exports/pamscapes/mod.ts"
  );
  const site = options.site === undefined
    ? undefined
    : await siteNamed(options.site, options.sites);
  const position = site && { position: { latitude: site.latitude, longitude: site.longitude } };
  const by = options.by ?? "hour";
  const nameOf = (count: number): string => count === 1 ? by : `${by}s`;
  return {
    writer: new ExchangePresence(out!, (rows) => {
      const species = [...set.origin.classes].map(speciesOf).join(", ") || speciesOf(undefined);
      return presenceToPamscapes(rows, { leastEffortShare: minEffort, species, ...position });
    }),
    by,
    minEffort,
    notesOf: (blank, heard) => [
      blank === heard
        ? `The files hold headers alone: of ${heard} ${
          nameOf(heard)
        } with effort none has scores in ` +
          `${minEffort} or more of what is scheduled, so all count as off effort. Choose another --by ` +
          "or --min-effort."
        : "PAMscapes takes every row for a detection: a bin is in it from 1 positive second on, " +
          `and off effort below ${minEffort} of what is scheduled (${blank} of ${heard} ` +
          `${nameOf(heard)} with effort).`,
    ],
  };
}

/** Says how many cells have some effort, but too little. */
function tooLittle(minEffort: number): OpenPresence["notesOf"] {
  return (blank, heard) =>
    blank === 0 ? [] : [
      `${blank} of ${heard} cells with effort have less than ${minEffort} of what is scheduled: too ` +
      "little to say how much song there was.",
    ];
}
