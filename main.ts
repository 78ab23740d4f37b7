// The command line. Each command is one module in commands/, loaded only when it is called.
import { Command, CommanderError } from "commander";
import { type AddCommand, cacheFolder, type Environment } from "./commands/environment.ts";
import { exitCodeOf, sentenceOf } from "./commands/faults.ts";
import { completeHelp, firstWords, nameOf } from "./commands/help.ts";
import { BY_TASK } from "./commands/next.ts";
import { refuseEmpty } from "./commands/option_values.ts";
import { BrokenOutput, printText, tell, tellText } from "./commands/print.ts";
import { giveBack, rightsOf } from "./commands/rights.ts";
import { EXIT_CODES, VERSION } from "./core/mod.ts";

/** Loads what adds a command, by its name, in the order of --help. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  demo: async () => (await import("./commands/demo.ts")).addDemo,
  example: async () => (await import("./commands/example.ts")).addExample,
  model: async () => (await import("./commands/model.ts")).addModel,
  inspect: async () => (await import("./commands/inspect.ts")).addInspect,
  score: async () => (await import("./commands/score.ts")).addScore,
  verify: async () => (await import("./commands/verify.ts")).addVerify,
  evaluate: async () => (await import("./commands/evaluate.ts")).addEvaluate,
  calls: async () => (await import("./commands/calls.ts")).addCalls,
  presence: async () => (await import("./commands/presence.ts")).addPresence,
  report: async () => (await import("./commands/report.ts")).addReport,
  scores: async () => (await import("./commands/scores.ts")).addScores,
  simulate: async () => (await import("./commands/simulate.ts")).addSimulate,
  "batch-range": async () => (await import("./commands/batch_range.ts")).addBatchRange,
  "batch-status": async () => (await import("./commands/batch_status.ts")).addBatchStatus,
  "batch-logs": async () => (await import("./commands/batch_logs.ts")).addBatchLogs,
  "batch-cancel": async () => (await import("./commands/batch_cancel.ts")).addBatchCancel,
  "batch-retry": async () => (await import("./commands/batch_retry.ts")).addBatchRetry,
  "batch-verify": async () => (await import("./commands/batch_verify.ts")).addBatchVerify,
  "batch-setup": async () => (await import("./commands/batch_setup.ts")).addBatchSetup,
  "batch-teardown": async () => (await import("./commands/batch_teardown.ts")).addBatchTeardown,
  "batch-push": async () => (await import("./commands/batch_push.ts")).addBatchPush,
  "batch-doctor": async () => (await import("./commands/batch_doctor.ts")).addBatchDoctor,
};

/** Commands that pass over what they did before. */
const RESUMING: readonly string[] = [
  "score",
  "model",
  "example",
  "simulate",
  "batch-range",
  "batch-retry",
];

/** Makes the program with the command that arguments name, or with all where they name none. */
async function makeProgram(
  args: readonly string[],
  environment: Environment,
  finish: (exitCode: number) => void,
): Promise<Command> {
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
  const named = args.find((arg) => arg !== "--verbose");
  const loads = named !== undefined && Object.hasOwn(COMMANDS, named)
    ? [COMMANDS[named]]
    : Object.values(COMMANDS);
  for (const load of loads) (await load())(program, environment, finish);
  completeHelp(program, environment.called);
  return program;
}

/**
 * Runs a command to its end, and says what is wrong where it fails.
 *
 * @param args Its name, arguments and options.
 * @param environment The process that it runs in.
 * @param signalExit Gives the exit code of the signal that has come; 0 where none has.
 * @returns The exit code.
 */
export async function megaptera(
  args: readonly string[],
  environment: Environment,
  signalExit: () => number = () => 0,
): Promise<number> {
  if (args.length === 0) {
    printText(firstWords(environment.called));
    return EXIT_CODES.complete;
  }
  let exitCode: number = EXIT_CODES.complete;
  const program = await makeProgram(args, environment, (code) => exitCode = code);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (signalExit() !== 0) {
      const [command] = program.args;
      const wayOn = RESUMING.includes(command) ? "; the same command goes on from there" : "";
      tell(`Stopped: what is finished is kept${wayOn}.`);
      return signalExit();
    }
    if (error instanceof CommanderError) { // it has said what was wrong
      return error.exitCode === 0 ? EXIT_CODES.complete : EXIT_CODES.usage;
    }
    const isHeard = !(error instanceof BrokenOutput);
    if (isHeard) tellText(sentenceOf(error, program.opts().verbose === true));
    return exitCodeOf(error);
  }
}

if (import.meta.main) {
  const interruption = new AbortController();
  let signalExit = 0;
  const onSignal = (exitCode: number) => (): void => {
    if (signalExit !== 0) Deno.exit(exitCode);
    signalExit = exitCode;
    interruption.abort();
  };
  Deno.addSignalListener("SIGINT", onSignal(EXIT_CODES.interrupted));
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", onSignal(EXIT_CODES.terminated));
  }
  const environment: Environment = {
    modelsFolder: `${cacheFolder(Deno.env.get, Deno.build.os)}/models`,
    called: Deno.env.get("MEGAPTERA_COMMAND") ?? BY_TASK,
    signal: interruption.signal,
  };
  Deno.exit(await megaptera(Deno.args, environment, () => signalExit));
}
