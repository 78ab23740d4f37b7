// The command line. Each command is one module in commands/, loaded only when it is called.
import { Command, CommanderError } from "commander";
import { addDetectorOptions, addScoreOptions, type ScoreArguments } from "./commands/arguments.ts";
import { cacheFolder, type Environment } from "./commands/environment.ts";
import { exitCodeOf, sentenceOf } from "./commands/faults.ts";
import { tell } from "./commands/print.ts";
import { VERSION } from "./pipeline/version.ts";

const interruption = new AbortController();
let signalExit = 0;

function onSignal(exitCode: number): () => void {
  return () => {
    if (signalExit !== 0) Deno.exit(exitCode);
    signalExit = exitCode;
    interruption.abort();
  };
}

function makeProgram(environment: Environment, finish: (exitCode: number) => void): Command {
  const program = new Command("megaptera")
    .description("When do the whales sing? Recordings in, a score for every second out.")
    .version(VERSION)
    .option("--verbose", "show where an error came from")
    .exitOverride()
    .configureOutput({ writeErr: (text) => tell(text.trimEnd()) });

  addScoreOptions(program.command("score"))
    .description("score recordings into hourly score files")
    .argument("<file...>", "WAV files; their names say when they start")
    .action(async (files: string[], options: ScoreArguments) => {
      const { score } = await import("./commands/score.ts");
      finish(await score(files, options, environment));
    });

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
    tell("Stopped: what is finished is kept; the same command goes on from there.");
    exitCode = signalExit;
  } else if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 64; // it has said what was wrong
  } else {
    tell(sentenceOf(error, program.opts().verbose === true));
    exitCode = exitCodeOf(error);
  }
}
Deno.exit(exitCode);
