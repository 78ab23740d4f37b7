// The command line. Each command is one module in commands/, loaded only when it is called.
import { Command, CommanderError } from "commander";
import {
  addDetectorOptions,
  addInspectOptions,
  addScoreOptions,
  addSimulateOptions,
  addVerifyOptions,
  type ScoreArguments,
} from "./commands/arguments.ts";
import { addBatchCommands } from "./commands/batch_commands.ts";
import { addCallsOptions, type CallsArguments } from "./commands/call_arguments.ts";
import { cacheFolder, type Environment } from "./commands/environment.ts";
import { addEvaluateOptions, type EvaluateArguments } from "./commands/evaluate_arguments.ts";
import { exitCodeOf, sentenceOf } from "./commands/faults.ts";
import type { InspectArguments } from "./commands/inspect.ts";
import type { DetectorArguments } from "./commands/load.ts";
import { onDisk, refuseEmpty } from "./commands/option_values.ts";
import { addPresenceOptions, type PresenceArguments } from "./commands/presence_arguments.ts";
import { BrokenOutput, printText, tell, tellText } from "./commands/print.ts";
import { addReadingOptions } from "./commands/reading_arguments.ts";
import { addReportOptions, type ReportArguments } from "./commands/report_arguments.ts";
import { giveBack, rightsOf } from "./commands/rights.ts";
import type { ExportArguments } from "./commands/scores.ts";
import type { SimulateArguments } from "./commands/simulate.ts";
import type { VerifyArguments } from "./commands/verify.ts";
import { VERSION } from "./core/mod.ts";

/** Commands that pass over what they did before. */
const RESUMING: readonly string[] = ["score", "model", "simulate", "batch-range", "batch-retry"];

const interruption = new AbortController();
let signalExit = 0;

function onSignal(exitCode: number): () => void {
  return () => {
    if (signalExit !== 0) Deno.exit(exitCode);
    signalExit = exitCode;
    interruption.abort();
  };
}

/** A command's name, with that of the command that it belongs to. */
function nameOf(command: Command): string {
  const above = command.parent;
  return above?.parent ? `${nameOf(above)} ${command.name()}` : command.name();
}

function makeProgram(environment: Environment, finish: (exitCode: number) => void): Command {
  const program = new Command("megaptera")
    .description("When do the whales sing? Recordings in, a score for every second out.")
    .version(VERSION)
    .option("--verbose", "show where an error came from")
    .exitOverride()
    .hook("preAction", (_, command) => {
      const options = command.opts();
      refuseEmpty(options);
      giveBack(rightsOf(nameOf(command), command.args, options));
    })
    .configureOutput({
      writeOut: printText,
      writeErr: tellText,
    });

  addScoreOptions(program.command("score"))
    .description("score recordings into hourly score files")
    .argument("[file...]", "WAV or FLAC files, folders, s3:// or https:// addresses")
    .action(async (files: string[], options: ScoreArguments) => {
      const { score } = await import("./commands/score.ts");
      finish(await score(files, options, environment));
    });

  program.command("demo")
    .description("make an hour of ocean with song in it, and find the song")
    .option("--out <folder>", "where the recording, scores and picture go", onDisk, "demo-out")
    .action(async ({ out }: { out: string }) => {
      const { demo } = await import("./commands/demo.ts");
      finish(await demo(out, navigator.hardwareConcurrency, environment));
    });

  const model = program.command("model").description("install, show or check the detector");
  model.command("install")
    .description("fetch the published detector, and convert it once")
    .option("--from <path>", "take a copy on disk: a SavedModel's folder or .tar.gz")
    .action(async ({ from }: { from?: string }) => {
      const { installGoogle } = await import("./commands/model.ts");
      finish(await installGoogle(from, environment));
    });
  model.command("show")
    .description("name, variables, checksum and geometry of the installed detector")
    .action(async () => {
      const { showModel } = await import("./commands/model.ts");
      finish(await showModel(environment));
    });
  addDetectorOptions(model.command("check"))
    .description("logit and score of a recording's first window")
    .argument("<wav>", "a WAV or FLAC file of 4 s or more")
    .action(async (wav: string, options: DetectorArguments) => {
      const { checkModel } = await import("./commands/model.ts");
      finish(await checkModel(wav, options, environment));
    });

  addInspectOptions(program.command("inspect"))
    .description(
      "list recordings: start, length, rate, level, clipping, dead audio, gaps, overlaps",
    )
    .argument("<path...>", "WAV or FLAC files, or folders of them")
    .action(async (paths: string[], options: InspectArguments) => {
      const { inspect } = await import("./commands/inspect.ts");
      finish(await inspect(paths, options, environment.signal));
    });

  addVerifyOptions(program.command("verify"))
    .description("check that every hour of a range is there, or missing with a reason")
    .argument("<scores>", "folder or s3://bucket/prefix that `score` wrote to")
    .action(async (folder: string, options: VerifyArguments) => {
      const { verify } = await import("./commands/verify.ts");
      finish(await verify(folder, options, environment.signal));
    });

  addEvaluateOptions(program.command("evaluate"))
    .description("compare calls with what a person marked")
    .argument("<calls>", "calls that `calls` wrote, or a Raven table or Audacity labels")
    .argument("<annotations...>", "Raven tables, Audacity labels or CSV")
    .action(async (calls: string, annotations: string[], options: EvaluateArguments) => {
      const { evaluate } = await import("./commands/evaluate.ts");
      finish(await evaluate(calls, annotations, options, environment.signal));
    });

  addCallsOptions(program.command("calls"))
    .description("find calls in scores: median filter, threshold, bouts")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .action(async (folder: string, options: CallsArguments) => {
      const { calls } = await import("./commands/calls.ts");
      finish(await calls(folder, options, environment.signal));
    });

  addPresenceOptions(program.command("presence"))
    .description("effort and calling in every minute, hour, day or month")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .action(async (folder: string, options: PresenceArguments) => {
      const { presence } = await import("./commands/presence.ts");
      finish(await presence(folder, options, environment.signal));
    });

  addReportOptions(program.command("report"))
    .description("one page with the answers, that opens anywhere")
    .argument("<scores>", "folder of hourly score files")
    .action(async (folder: string, options: ReportArguments) => {
      const { report } = await import("./commands/report.ts");
      finish(await report(folder, options, environment.signal));
    });

  const scores = program.command("scores").description("scores for other programs");
  addReadingOptions(scores.command("export"))
    .description("write all scores into one Parquet file, for R and Python")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .option("--out <file>", "where they go", onDisk, "scores.parquet")
    .action(async (folder: string, options: ExportArguments) => {
      const { exportAll } = await import("./commands/scores.ts");
      finish(await exportAll(folder, options, environment.signal));
    });

  addSimulateOptions(program.command("simulate"))
    .description("write a season of made-up scores with a known answer")
    .action(async (options: SimulateArguments) => {
      const { simulate } = await import("./commands/simulate.ts");
      finish(await simulate(options, environment.signal));
    });

  addBatchCommands(program, environment, finish);
  return program;
}

const environment: Environment = {
  modelsFolder: `${cacheFolder(Deno.env.get, Deno.build.os)}/models`,
  signal: interruption.signal,
};
let exitCode = 0;
const program = makeProgram(environment, (code) => exitCode = code);
Deno.addSignalListener("SIGINT", onSignal(130));
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal(143));
try {
  await program.parseAsync(Deno.args, { from: "user" });
} catch (error) {
  if (signalExit !== 0) {
    const [command] = program.args;
    const wayOn = RESUMING.includes(command) ? "; the same command goes on from there" : "";
    tell(`Stopped: what is finished is kept${wayOn}.`);
    exitCode = signalExit;
  } else if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 64; // it has said what was wrong
  } else {
    const isHeard = !(error instanceof BrokenOutput);
    if (isHeard) tellText(sentenceOf(error, program.opts().verbose === true));
    exitCode = exitCodeOf(error);
  }
}
Deno.exit(exitCode);
