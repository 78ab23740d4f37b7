import type { Command, Option } from "commander";
import { VERSION } from "../core/mod.ts";
import { commandLine } from "./next.ts";

/** Headings of commands in --help, each from the command named on. */
const HEADINGS: Readonly<Record<string, string>> = {
  demo: "Recordings to scores:",
  verify: "Scores to answers:",
  "batch-range": "Years on many machines:",
};

/** The two commonest uses of each command. */
const EXAMPLES: Readonly<Record<string, readonly [string, string?]>> = {
  score: ["RECORDINGS --out scores", "--site mars --date 2021-01-01 --out scores"],
  demo: ["", "--out my-demo"],
  example: ["", "--out my-example"],
  "model install": ["", "--from humpback_whale_1.tar.gz"],
  "model show": [""],
  "model check": ["RECORDING.wav", "RECORDING.wav --model demo"],
  inspect: ["RECORDINGS", "RECORDINGS --timezone America/Los_Angeles"],
  verify: ["scores", "scores --start 2021-01-01 --stop 2021-02-01"],
  evaluate: [
    "calls.csv ANNOTATIONS.txt --coverage 2021-01-01T00:00:00Z/2021-01-02T00:00:00Z",
    "calls.csv ANNOTATIONS.txt --coverage listened.csv --scores scores --precision 0.9",
  ],
  calls: ["scores --out calls.csv", "scores --sensitivity"],
  presence: [
    "scores --by day --out presence.csv",
    "scores --by hour --zone America/Los_Angeles --out presence.csv",
  ],
  report: ["scores --site mars", "scores --threshold 0.7 --audio RECORDINGS --out report.html"],
  "scores export": ["scores --out scores.parquet"],
  simulate: ["--start 2021-08-01 --stop 2021-12-01 --out simulated"],
  "batch-range": [
    "--source RECORDINGS --start 2021-01-01 --stop 2022-01-01 --on local --dry-run",
    "--site mars --start 2021-01-01 --stop 2022-01-01 --on aws --out s3://BUCKET/scores",
  ],
  "batch-status": ["--out scores", "RUN --out s3://BUCKET/scores --watch"],
  "batch-logs": ["--out scores --failed", "--out scores --share 12"],
  "batch-cancel": ["--out scores"],
  "batch-retry": ["--out scores", "--out scores --vcpus 2 --watch"],
  "batch-verify": ["--out scores", "--out scores --deep"],
  "batch-setup": ["", "--bucket BUCKET --max-vcpus 256"],
  "batch-teardown": [""],
  "batch-push": ["", "--model download"],
  "batch-doctor": ["--out s3://BUCKET/scores", "--on slurm --out /shared/scores"],
};

const SERVERS = "S3 and other servers:";
/** Headings of options that few need: they come last. */
const LAST: Readonly<Record<string, string>> = {
  "--endpoint": SERVERS,
  "--region": SERVERS,
  "--unsigned": SERVERS,
  "--requester-pays": SERVERS,
  "--out-region": SERVERS,
  "--partition": "Slurm:",
  "--account": "Slurm:",
  "--time": "Slurm:",
  "--container": "Slurm:",
  "--queue": "AWS:",
  "--job-definition": "AWS:",
  "--aws-region": "AWS:",
};
const ORDER = [undefined, "Slurm:", "AWS:", SERVERS];

/** Tells a command's name, with that of the command that it belongs to. */
export function nameOf(command: Command): string {
  const above = command.parent;
  return above?.parent ? `${nameOf(above)} ${command.name()}` : command.name();
}

/**
 * Completes the help of a program and its commands: examples, defaults, and what few need last. Where an
 * argument is missing, usage and an example follow the sentence.
 *
 * @param program The program, with its commands.
 * @param called How its user starts it.
 */
export function completeHelp(program: Command, called: string | undefined): void {
  program.configureHelp({ optionDescription: describeOption });
  program.addHelpText("after", `\n${commandLine(["COMMAND"], called)} --help shows examples.`);
  program.commandsGroup("Help:");
  let heading = "Commands:";
  for (const command of program.commands) {
    heading = HEADINGS[command.name()] ?? heading;
    command.helpGroup(heading);
    for (const one of [command, ...command.commands]) completeCommand(one, called);
  }
}

function completeCommand(command: Command, called: string | undefined): void {
  for (const option of command.options) {
    const heading = LAST[option.long ?? ""];
    if (heading !== undefined) option.helpGroup(heading);
  }
  const place = ({ helpGroupHeading }: Option): number => ORDER.indexOf(helpGroupHeading);
  (command.options as Option[]).sort((one, other) => place(one) - place(other));
  command.configureHelp({ optionDescription: describeOption });
  const name = nameOf(command);
  const examples = EXAMPLES[name]?.map((args) => `  ${commandLine([], called)} ${name} ${args}`);
  if (examples === undefined) return;
  command.addHelpText("after", `\nExamples:\n${examples.map((line) => line.trimEnd()).join("\n")}`);
  command.configureOutput({
    ...command.configureOutput(),
    outputError: (text, write) => {
      write(text);
      if (!/missing required argument|required option/.test(text)) return;
      write(`Usage: megaptera ${name} ${command.usage()}\nExample:${examples[0].slice(1)}\n`);
    },
  });
}

/** Describes an option with its default, also where that is told in words. */
function describeOption(option: Option): string {
  const { argChoices, defaultValue, defaultValueDescription, description } = option;
  const facts = argChoices ? [argChoices.join(", ")] : [];
  const said = defaultValueDescription ??
    (defaultValue === undefined || defaultValue === false ? undefined : String(defaultValue));
  if (said !== undefined) facts.push(`default: ${said}`);
  return facts.length === 0 ? description : `${description} (${facts.join("; ")})`;
}

/**
 * Says what to do first.
 *
 * @param called How its user starts commands.
 */
export function firstWords(called: string | undefined): string {
  const steps = [
    [["demo"], "makes an hour of ocean, finds the song in it, and draws it"],
    [["inspect", "RECORDINGS"], "lists what a folder of your recordings holds"],
    [["score", "RECORDINGS"], "scores every second of them, for calls, presence and report"],
  ] as const;
  const lines = steps.map(([words, what]) => [commandLine(words, called), what]);
  const width = Math.max(...lines.map(([line]) => line.length));
  return [
    `Megaptera ${VERSION}: when do the whales sing? Begin with one of these:`,
    "",
    ...lines.map(([line, what]) => `  ${line.padEnd(width)}   ${what}`),
    "",
    `${
      commandLine(["--help"], called)
    } lists all commands; docs/tutorial.md leads from recordings to ` +
    "a figure.",
  ].join("\n");
}
