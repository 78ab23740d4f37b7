import { formatUtc, MegapteraError } from "../../../core/mod.ts";
import { unionSpans } from "../../evaluation/mod.ts";
import { csvText } from "../csv_text.ts";
import type { PresenceRow } from "../presence_row.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Names the species of a class of scores.
 *
 * @param className The class; nothing where no manifest names one.
 * @returns `Humpback whale` for `Mn`, the class of the published detector, and for nothing; else the
 * class itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["Mn", "orca"].map(speciesOf), ["Humpback whale", "orca"]);
 * ```
 */
export function speciesOf(className: string | undefined): string {
  return className === undefined || className === "Mn" ? "Humpback whale" : className;
}

/** What presence does not say. */
export interface PamscapesOptions {
  /** Name of the species in both files; `Humpback whale` unless given. */
  species?: string;
  /** A bin with fewer positive seconds is not present; 1 unless given. */
  leastPositiveSeconds?: number;
  /** A bin with a smaller share of what the schedule gives is off effort, 0 to 1; 0.5 unless given. */
  leastEffortShare?: number;
  /** Where the recorder is, in degrees. */
  position?: { latitude: number; longitude: number };
}

/** The files by their names. */
export type PamscapesFiles = Record<string, string>;

/**
 * Hourly or daily presence as files that PAMscapes opens as they are:
 * `loadDetectionData("presence_hourly.csv", source = "csv")`, and `effort.csv` read by `read.csv`
 * and given as `effort =`: times with `Z`, as `formatEffort` knows no offset. PAMscapes takes every row for a detection, so only bins with calls have
 * one, as long as exactly an hour or a day. It rounds effort outward to whole bins, so effort is
 * given in whole bins already: those with effort enough. A bin with too little effort is in neither
 * file, even with calls in it: it would be presence without effort.
 *
 * Source: PAMscapes 6747e91, `loadDetectionData.R` (columns `start`, `end`, `species`, `latitude`,
 * `longitude`; 3,600 or 86,400 s are presence) and `formatEffort.R`.
 *
 * @param rows Hours or days of UTC, ascending.
 * @param options What presence does not say.
 * @returns `presence_hourly.csv` or `presence_daily.csv`, and `effort.csv`.
 * @throws {MegapteraError} `usage` where rows are not hours or days of UTC, each once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = { startMs: 0, stopMs: 3_600_000, effortSeconds: 3600, callSeconds: 12 };
 * const files = presenceToPamscapes([row], { species: "HUWH" });
 * assert.equal(
 *   files["presence_hourly.csv"],
 *   "start,end,species\n1970-01-01T00:00:00Z,1970-01-01T01:00:00Z,HUWH\n",
 * );
 * ```
 */
export function presenceToPamscapes(
  rows: readonly PresenceRow[],
  options: PamscapesOptions = {},
): PamscapesFiles {
  const {
    species = speciesOf(undefined),
    leastPositiveSeconds = 1,
    leastEffortShare = 0.5,
    position,
  } = options;
  const length = rows.length === 0 ? 0 : rows[0].stopMs - rows[0].startMs;
  const even = rows.every(({ startMs, stopMs }) =>
    stopMs - startMs === length && startMs % length === 0
  );
  const once = rows.every(({ startMs }, i) => i === 0 || startMs > rows[i - 1].startMs);
  if (!even || !once || (length !== HOUR_MS && length !== DAY_MS)) {
    throw new MegapteraError(
      "usage",
      "Cannot write presence for PAMscapes as it takes hours or days of UTC, each once and in " +
        "order: use --by hour or --by day, with --zone UTC.",
    );
  }
  const covered = rows.filter(({ effortSeconds, scheduledSeconds = length / 1000 }) =>
    effortSeconds > 0 && effortSeconds >= leastEffortShare * scheduledSeconds
  );
  const present = covered.filter(({ callSeconds }) => (callSeconds ?? 0) >= leastPositiveSeconds);
  const where = position ? [position.latitude, position.longitude] : [];
  const line = ({ startMs, stopMs }: { startMs: number; stopMs: number }): string[] => [
    formatUtc(startMs),
    formatUtc(stopMs),
    species,
  ];
  const name = length === HOUR_MS ? "presence_hourly.csv" : "presence_daily.csv";
  return {
    [name]: csvText([
      ["start", "end", "species", ...(position ? ["Latitude", "Longitude"] : [])],
      ...present.map((row) => [...line(row), ...where]),
    ]),
    "effort.csv": csvText([["start", "end", "species"], ...unionSpans(covered).map(line)]),
  };
}
