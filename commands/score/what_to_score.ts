import { DAY_MS, formatUtc, HOUR_MS, MegapteraError } from "../../core/mod.ts";
import { detectorRateHz } from "../../pipeline/detector/mod.ts";
import { placePattern, type RemoteAccess, sourceName } from "../../pipeline/places/mod.ts";
import { hoursOf, hoursWithin } from "../../pipeline/scoring/mod.ts";
import {
  type Archive,
  type Catalogue,
  catalogueFiles,
  filesArchive,
  findRecordings,
  type FoundRecordings,
  type Gap,
  listRecordings,
  mixedRecorders,
  openArchive,
  type OpenArchiveOptions,
  type RecordingStartOptions,
  runStopMs,
  type SaidSchedule,
  Schedule,
  type Site,
  type TimeSpan,
  untimedNotes,
} from "../../pipeline/timeline/mod.ts";
import type { DetectorArguments } from "../detector_options.ts";
import {
  type ArchiveArguments,
  type ClockArguments,
  clockOf,
  type RecipeArguments,
} from "../recording_options.ts";
import { siteNamed } from "../text_files.ts";

/** The options of `score`, checked. */
export interface ScoreArguments
  extends
    Omit<DetectorArguments, "threads">,
    ClockArguments,
    RecipeArguments,
    ArchiveArguments,
    RangeArguments {
  threads?: number;
  workers?: number;
  out: string;
  outRegion?: string;
  endpoint?: string;
  schedule?: SaidSchedule;
  force?: boolean;
  dryRun?: boolean;
  log: "lines" | "json";
}

/** First day of a range, and the hour after its last; epoch milliseconds. */
interface RangeArguments {
  date?: number;
  stop?: number;
}

/** The hours that `score` is to score, and what is known of them before. */
export interface WhatToScore {
  archive: Archive;
  /** Starts of the hours, ascending. */
  hours: number[];
  /** Seconds of audio that an hour holds, as far as that is known before it is scored. */
  audioSeconds(hourMs: number): number;
  /** Schedule and gaps of files; of a range they are known once its hours are scored. */
  files?: { schedule: Schedule; gaps: readonly TimeSpan[] };
  /** Recordings that are named and can't be scored. */
  absent: number;
  /** Files that are named and have no time: they are in no hour. */
  untimed: number;
  /** Sentences on recordings that are left out. */
  notes: readonly string[];
}

/** The way recordings are read, and the properties they must have. */
type HowToRead = Omit<OpenArchiveOptions, "startMs" | "stopMs">;

/**
 * Finds the hours that the arguments ask for: those that files touch, or of a range of an archive.
 *
 * @param files Files, folders and addresses; none where a range is given.
 * @param options The command's options.
 * @param source The place of a range's recordings.
 * @param access How places far away are asked.
 * @throws {MegapteraError} Where there is nothing to score.
 */
export async function whatToScore(
  files: readonly string[],
  options: ScoreArguments,
  source: ChosenSource | undefined,
  access: RemoteAccess,
): Promise<WhatToScore> {
  const how: HowToRead = {
    access,
    clock: clockOf(options),
    detectorRateHz: await detectorRateHz(options.model),
    channel: options.channel,
  };
  const what = source ? await ofRange(options, source, how) : await ofFiles(files, options, how);
  if (what.hours.length === 0) {
    throw new MegapteraError(
      "usage",
      "Cannot score as no hour of the recordings lies in --hours: choose other hours of the day.",
    );
  }
  return what;
}

async function ofFiles(
  files: readonly string[],
  options: ScoreArguments,
  { clock, ...how }: HowToRead,
): Promise<WhatToScore> {
  const { paths, notes } = await placesOf(files, how.access, clock);
  const catalogue = await catalogueFiles(paths, { ...clock, ...how });
  checkYears(catalogue);
  const { runs, gaps, overlaps } = catalogue.timeline;
  const mixed = mixedRecorders(catalogue.entries, overlaps);
  if (mixed) throw new MegapteraError("data", `Cannot score all of that as ${mixed}.`);
  const schedule = new Schedule(
    runs.map((run) => ({ startMs: run.startMs, stopMs: runStopMs(run) })),
    { said: options.schedule },
  );
  const hours = hoursOf(catalogue, options.hours);
  return {
    archive: filesArchive(catalogue),
    hours,
    audioSeconds: (hourMs) =>
      runs.reduce((sum, run) => {
        const heardMs = Math.min(runStopMs(run), hourMs + HOUR_MS) - Math.max(run.startMs, hourMs);
        return sum + Math.max(0, heardMs / 1000);
      }, 0),
    files: {
      schedule,
      gaps: (schedule.isDutyCycled ? schedule.gaps() : gaps.filter(isMissing)).filter((gap) =>
        hours.some((hourMs) => gap.startMs < hourMs + HOUR_MS && gap.stopMs > hourMs)
      ),
    },
    absent: new Set(catalogue.absent.map(({ uri }) => uri)).size,
    untimed: catalogue.untimed.length,
    notes: [...untimedNotes(catalogue.untimed), ...notes],
  };
}

/** Tells whether audio is missing: a clock that is set anew leaves a gap without losing any. */
function isMissing({ cause }: Gap): boolean {
  return cause === "missing";
}

async function ofRange(
  options: ScoreArguments,
  source: ChosenSource,
  how: HowToRead,
): Promise<WhatToScore> {
  const startMs = options.date!;
  const stopMs = options.stop ?? startMs + DAY_MS;
  if (stopMs <= startMs) {
    throw new MegapteraError(
      "usage",
      `Cannot score a range that stops before it starts: --date ${formatUtc(startMs)}, --stop ` +
        `${formatUtc(stopMs)}.`,
    );
  }
  checkLifetime(source, startMs, stopMs);
  const archive = await openArchive(source.source, { startMs, stopMs, ...how });
  return {
    archive,
    hours: hoursWithin(startMs, stopMs, options.hours),
    audioSeconds: () => HOUR_MS / 1000,
    absent: 0,
    untimed: 0,
    notes: archive.notes,
  };
}

/** Refuses days before a site's first recording, or after its last. */
export function checkLifetime({ site }: ChosenSource, startMs: number, stopMs: number): void {
  const begins = site?.begins === undefined ? -Infinity : Date.parse(site.begins);
  const ended = site?.ended === undefined ? Infinity : Date.parse(site.ended);
  if (startMs >= begins && stopMs <= ended) return;
  const rule = startMs < begins ? `begins on ${site?.begins}` : `ended on ${site?.ended}`;
  throw new MegapteraError(
    "usage",
    `Cannot score ${formatUtc(startMs)} to ${formatUtc(stopMs)} as the archive ${site?.name} ` +
      `${rule}: choose days within it.`,
  );
}

const YEAR_MS = 365.25 * DAY_MS;
const MOST_YEARS = 5;

/**
 * Refuses recordings with years between them: a recorder whose clock was never set counts from 1970
 * or 2000, and each hour from then on would get a manifest without audio.
 *
 * @param catalogue The recordings that are to be scored together.
 * @throws {MegapteraError} `data`, naming the two.
 */
export function checkYears({ entries, absent }: Pick<Catalogue, "entries" | "absent">): void {
  const recordings = [
    ...entries.map((entry) => ({ ...entry, stopMs: runStopMs(entry) })),
    ...absent,
  ].sort((a, b) => a.startMs - b.startMs);
  let [last] = recordings;
  for (const next of recordings) {
    const years = (next.startMs - (last.stopMs ?? last.startMs)) / YEAR_MS;
    if (years > MOST_YEARS) {
      throw new MegapteraError(
        "data",
        `Cannot score ${sourceName(last)} and ${sourceName(next)} together as ` +
          `${
            years.toFixed(0)
          } years without a recording lie between them: was the recorder's clock ` +
          "set? Leave out or rename what has a wrong time, or score what lies before and after by " +
          "itself.",
      );
    }
    if ((next.stopMs ?? next.startMs) > (last.stopMs ?? last.startMs)) last = next;
  }
}

/**
 * Finds the recordings that arguments stand for: files and folders on disk, addresses, prefixes of
 * addresses, which end in `/`, and patterns of any of them, with `*` or `?`.
 *
 * @param named The arguments.
 * @param access How places far away are asked.
 * @param clock How names are turned into times.
 * @returns Their places, and sentences on what is left out.
 */
async function placesOf(
  named: readonly string[],
  access: RemoteAccess,
  clock: RecordingStartOptions,
): Promise<FoundRecordings> {
  const found: FoundRecordings = { paths: [], notes: [] };
  for (const name of named) {
    const isFar = /^(s3|https?):\/\//i.test(name);
    if (!isFar) {
      const { paths, notes } = await findRecordings([name]);
      found.paths.push(...paths);
      found.notes.push(...notes);
    } else if (!name.endsWith("/") && !placePattern(name)) found.paths.push(name);
    else {
      const list = await listRecordings(name, access, clock);
      found.paths.push(...list.between(-Infinity, Infinity).map(({ place }) => place));
      found.notes.push(...list.notes);
    }
  }
  return found;
}

/** The arguments of `score`, and where recordings are. */
export interface ScoreWork {
  files: readonly string[];
  options: ScoreArguments;
  /** The place of the recordings, if no files are named. */
  source?: ChosenSource | undefined;
}

/** The site whose days are scored where a range is given alone. */
const USUAL_SITE = "mars";

/** The place of a range's recordings. */
export interface ChosenSource {
  /** A template, prefix or folder. */
  source: string;
  /** The site that it is of, where one was named. */
  site?: Site;
}

/**
 * Chooses the source of a range: `--source`, or the site's.
 *
 * @param files Files that were named too.
 * @param options The command's options.
 * @returns The source; nothing where files are named instead.
 * @throws {MegapteraError} `usage` where files and a range are mixed, or neither is there.
 */
export async function chooseSource(
  files: readonly string[],
  options: RangeArguments & ArchiveArguments & Pick<ClockArguments, "recordingStart">,
): Promise<ChosenSource | undefined> {
  const { date, stop, source, site } = options;
  const ranged = Object.entries({
    "--date": date,
    "--stop": stop,
    "--source": source,
    "--site": site,
  })
    .filter(([, value]) => value !== undefined).map(([name]) => name);
  if (files.length > 0) {
    if (ranged.length === 0) return undefined;
    throw new MegapteraError(
      "usage",
      `Cannot score files and a range at once: ${files[0]} and ${ranged[0]} are given; name the ` +
        "files' folder with --source instead.",
    );
  }
  if (date === undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot score as nothing is named: give files or folders, or a day with --date 2021-01-01.",
    );
  }
  if (source !== undefined && site !== undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --source and --site at once, as a site has a source of its own: ${source}, ${site}.`,
    );
  }
  if (options.recordingStart !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot use --recording-start with --date, as it is the start of one file: name that file " +
        "instead of a range.",
    );
  }
  if (options.sites !== undefined && site === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --sites without --site, which says whose recordings of ${options.sites} to score.`,
    );
  }
  if (source !== undefined) return { source };
  const found = await siteNamed(site ?? USUAL_SITE, options.sites);
  return { source: found.source, site: found };
}
