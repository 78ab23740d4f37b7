import { type Command, Option } from "commander";
import { PRESENCE_FORMATS, type PresenceFormat } from "../analysis/exports/mod.ts";
import { CELL_SIZES, type CellSize, MIN_EFFORT } from "../analysis/presence/mod.ts";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";
import { addCallOptions, type CallArguments } from "./call_arguments.ts";
import { numberFrom, onDisk, scheduleOption } from "./option_values.ts";

/** The options of `presence`, checked. */
export interface PresenceArguments extends CallArguments {
  by?: CellSize;
  zone: string;
  minEffort?: number;
  schedule?: SaidSchedule;
  format: PresenceFormat;
  parsSettings?: string;
  site?: string;
  sites?: string;
  out?: string;
}

/** Adds the options of `presence`. */
export function addPresenceOptions(command: Command): Command {
  return addCallOptions(command)
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
    );
}
