import { join } from "node:path";
import { type Command, Option } from "commander";
import { formatUtc, HOUR_MS, MegapteraError } from "../core/mod.ts";
import { DiskStorage } from "../pipeline/places/mod.ts";
import { ScoreStore } from "../pipeline/scores/mod.ts";
import { simulateRange, SIMULATION_NOTICE, truthOf } from "../simulation/season/mod.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { day, onDisk, wholeNumber } from "./option_values.ts";
import { print } from "./print.ts";
import { Progress } from "./progress.ts";
import { siteNamed } from "./text_files.ts";

/** The options of `simulate`, checked. */
interface SimulateArguments {
  site: string;
  sites?: string;
  start: number;
  stop: number;
  out: string;
  seed: number;
}

/** Adds `simulate`. */
export function addSimulate(program: Command, environment: Environment): void {
  program.command("simulate")
    .option("--site <name>", "where the hydrophone would stand", "mars")
    .option("--sites <file>", "your own sites, as JSON")
    .addOption(
      new Option("--start <day>", "first day (UTC)").argParser(day).makeOptionMandatory(),
    )
    .addOption(
      new Option("--stop <day>", "the day after the last").argParser(day)
        .makeOptionMandatory(),
    )
    .requiredOption("--out <folder>", "where the score files go", onDisk)
    .addOption(
      new Option("--seed <n>", "what the random numbers start from")
        .argParser(wholeNumber(0, 4_294_967_295)).default(15),
    )
    .description("write a season of made-up scores with a known answer")
    .action((options: SimulateArguments) => simulate(options, environment));
}

/** Hours after which a log says how far the work is. */
const LINE_HOURS = 720;

/** Writes a season of scores with a known answer, and the answer beside them. */
async function simulate(options: SimulateArguments, environment: Environment): Promise<void> {
  const { signal } = environment;
  const { start: startMs, stop: stopMs, out, seed } = options;
  if (stopMs <= startMs) {
    throw new MegapteraError(
      "usage",
      `Cannot simulate a range that stops before it starts: --start ${
        formatUtc(startMs)
      }, --stop ` +
        `${formatUtc(stopMs)}.`,
    );
  }
  const of = { site: await siteNamed(options.site, options.sites), seed };
  const storage = new DiskStorage(out);
  const store = new ScoreStore(storage);
  const hours = (stopMs - startMs) / HOUR_MS;
  const progress = new Progress(hours, {
    format: "{bar} {value} of {total} hours, {eta_formatted} left",
  });
  let [there, written] = [0, 0];
  try {
    await simulateRange({
      ...of,
      startMs,
      stopMs,
      store,
      signal,
      onHour: (hourMs, done) => {
        if (!done) written++;
        there++;
        const line = `${there} of ${hours} hours are there, up to ${
          formatUtc(hourMs).slice(0, 13)
        }`;
        progress.update(there, there % LINE_HOURS === 0 ? { line } : {});
      },
    });
  } finally {
    progress.stop();
  }
  const truth = JSON.stringify(truthOf(of, startMs, stopMs)) + "\n";
  await storage.write([{ path: "truth.json", text: truth }]);
  print(`${written} hours simulated, ${hours - written} done before, from seed ${seed}: ${out}`);
  print(`They are ${SIMULATION_NOTICE}. What they were drawn from: ${join(out, "truth.json")}`);
  tellNext(environment, "report", out, ...optionWords(options, "site", "sites"));
}
