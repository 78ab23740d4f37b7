import { type Command, Option } from "commander";
import { PRESENCE_FORMATS } from "../analysis/exports/mod.ts";
import { CELL_SIZES, MIN_EFFORT, presenceCells } from "../analysis/presence/mod.ts";
import { MegapteraError, TimeZone } from "../core/mod.ts";
import { boutSettings } from "../pipeline/bouts/mod.ts";
import { type ScoredHour, ScoreSet } from "../pipeline/scores/mod.ts";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";
import {
  addBoutOptions,
  type BoutArguments,
  passedOn,
  scaleOf,
  thresholdsOf,
} from "./bout_options.ts";
import type { Environment } from "./environment.ts";
import { optionWords, scheduleWords, tellNext } from "./next.ts";
import { numberFrom, onDisk, scheduleOption } from "./option_values.ts";
import { openPresence, type PresenceFileArguments } from "./presence/open_presence.ts";
import { tell } from "./print.ts";
import { readingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading_options.ts";
import { RawPositives, scheduleNotes, tellNotes } from "./score_notes.ts";

/** The options of `presence`, checked. */
interface PresenceArguments extends BoutArguments, PresenceFileArguments {
  schedule?: SaidSchedule;
}

/** Adds `presence`. */
export function addPresence(program: Command, environment: Environment): void {
  addBoutOptions(program.command("presence"))
    .addOption(
      new Option("--by <cell>", "length of a cell").choices(CELL_SIZES)
        .default(undefined, "hour; day for pars"),
    )
    .option("--zone <name>", "IANA zone whose hours, days and months they are", "UTC")
    .addOption(
      new Option("--min-effort <share>", "share of what is scheduled that a cell must have")
        .argParser(numberFrom(0, 1)).default(undefined, String(MIN_EFFORT)),
    )
    .addOption(scheduleOption())
    .addOption(
      new Option("--format <name>", "csv, or the files of NOAA's PARS or the R package PAMscapes")
        .choices(PRESENCE_FORMATS).default("csv"),
    )
    .option("--pars-settings <file>", "what PARS asks for, as JSON (docs/exchange-formats.md)")
    .option("--site <name>", "whose position goes into the files of pamscapes")
    .option("--sites <file>", "sites of your own, as JSON (docs/archives.md)")
    .option(
      "--out <path>",
      "where it goes: a file, standard output by default; else a folder",
      onDisk,
    )
    .description("effort and song in every minute, hour, day or month")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .action((folder: string, options: PresenceArguments) => presence(folder, options, environment));
}

/** Writes effort and calling in every cell of the range. */
async function presence(
  folder: string,
  options: PresenceArguments,
  environment: Environment,
): Promise<void> {
  const { signal } = environment;
  checkPresenceOptions(options);
  const { zone, schedule: said, median, edges, gap, min } = options;
  const thresholds = thresholdsOf(options);
  const scale = await scaleOf(options);
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, { ...readingOf(options, access), schedule: said });
  const settings = await boutSettings(set, { ...thresholds, median, edges, gap, min });
  const raw = new RawPositives(settings, scale.calibrator);
  const { writer, by, minEffort, notesOf } = await openPresence(options, set);
  const progress = readingProgress(set.hours);
  let [cells, heard, blank, effortSeconds, positiveSeconds] = [0, 0, 0, 0, 0];
  let paths: string[];
  try {
    const onHour = ({ scores }: ScoredHour): void => {
      raw.add(scores);
      progress.onHour();
    };
    const { calibrator } = scale;
    const how = { ...settings, calibrator, by, zone, minEffort, onHour };
    for await (const cell of presenceCells(set, how)) {
      await writer.add(cell);
      cells++;
      if (cell.effortSeconds > 0) heard++;
      if (cell.effortSeconds > 0 && cell.proportion === null) blank++;
      effortSeconds += cell.effortSeconds;
      positiveSeconds += cell.positiveSeconds ?? 0;
    }
    paths = await writer.commit();
  } finally {
    progress.stop();
    await writer.close();
  }
  tellNotes(set);
  const notes = [
    ...scheduleNotes(await set.schedule(), said !== undefined),
    ...scale.notes,
    ...notesOf(blank, heard),
    ...raw.notes(positiveSeconds),
  ];
  for (const note of notes) tell(`note: ${note}`);
  const isEmpty = options.format === "pamscapes" && blank === heard;
  tell(
    `${cells} cells (${by}, ${zone})` +
      (isEmpty
        ? ", none with effort enough"
        : `: ${positiveSeconds} positive seconds in ${effortSeconds} seconds of effort`) +
      `${paths.length === 0 ? "" : `: ${paths.join(", ")}`}.`,
  );
  const words = [...passedOn(options), ...optionWords(options, "site", "sites")];
  const schedule = scheduleWords(said);
  tellNext(environment, "report", folder, ...words, ...schedule, "--out", "report.html");
}

/**
 * Checks that options of `presence` go together, and that the zone is one, before scores are looked for.
 *
 * @param options The command's options.
 * @throws {MegapteraError} `usage` where they do not.
 */
function checkPresenceOptions(options: PresenceArguments): void {
  const { format, out, parsSettings, minEffort, site, sites, by, zone } = options;
  new TimeZone(zone);
  const isExchange = format !== "csv";
  const rules: [isBroken: boolean, rule: string][] = [
    [isExchange && out === undefined, "it has two files, so name their folder with --out"],
    [isExchange && zone !== "UTC", `it is in UTC, so leave out --zone ${zone}`],
    [format === "pars" && (by ?? "day") !== "day", `it is by day, so leave out --by ${by}`],
    [
      format === "pamscapes" && by !== undefined && by !== "hour" && by !== "day",
      `it is by hour or day, so leave out --by ${by}`,
    ],
    [
      format === "pars" && parsSettings === undefined,
      "it needs --pars-settings FILE (docs/exchange-formats.md)",
    ],
    [
      format === "pars" && minEffort !== undefined,
      "least_effort_share of its settings is used, not --min-effort",
    ],
    [format !== "pars" && parsSettings !== undefined, "--pars-settings is for --format pars"],
    [
      format !== "pamscapes" && (site !== undefined || sites !== undefined),
      "--site and --sites are for --format pamscapes",
    ],
    [sites !== undefined && site === undefined, "--sites is of no use without --site"],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (!broken) return;
  throw new MegapteraError("usage", `Cannot write presence as ${format}: ${broken[1]}.`);
}
