import { join } from "node:path";
import type { Command } from "commander";
import { diskWriteFault } from "../pipeline/places/mod.ts";
import {
  EXAMPLE_RATE_HZ,
  exampleMooring,
  makeOcean,
  type MooredRecording,
  writeMadeUpWav,
} from "../simulation/ocean/mod.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { onDisk } from "./option_values.ts";
import { print } from "./print.ts";
import { Progress } from "./progress.ts";

/** Adds `example`. */
export function addExample(program: Command, environment: Environment): void {
  program.command("example")
    .description("make three days of made-up recordings to learn on")
    .option("--out <folder>", "where they go, 260 MB", onDisk, "example")
    .action(({ out }: { out: string }) => example(out, environment));
}

/** Writes the recordings, the site that they are of, and the song that is in them. */
async function example(folder: string, environment: Environment): Promise<void> {
  const { signal } = environment;
  const recordings = join(folder, "recordings");
  const all = exampleMooring();
  const progress = new Progress(all.length, { format: "{bar} {value} of {total} recordings" });
  const rows = ["start,end,label"];
  try {
    await Deno.mkdir(recordings, { recursive: true });
    for (const [index, recording] of all.entries()) {
      signal.throwIfAborted();
      rows.push(...await writeRecording(recordings, recording));
      progress.update(index + 1);
    }
    const site = { ...SITE, source: recordings };
    await Deno.writeTextFile(join(folder, "sites.json"), `${JSON.stringify([site], null, 2)}\n`);
    await Deno.writeTextFile(join(folder, "truth.csv"), `${rows.join("\n")}\n`);
  } catch (error) {
    if (signal.aborted) throw error;
    throw diskWriteFault(folder, error, "");
  } finally {
    progress.stop();
  }
  print(`Made up three days of a mooring: 2 minutes of every hour, ${recordings}`);
  print("No recording and no whale is behind them. Names are in the local time of Hawaii.");
  print(`The song in them: ${join(folder, "truth.csv")}`);
  tellNext(environment, "inspect", recordings);
}

/** The made-up mooring, as a site of `--sites`. */
const SITE = {
  name: "example",
  title: "A made-up mooring off Maui",
  latitude: 20.8,
  longitude: -156.7,
  depthM: 60,
  timeZone: "Pacific/Honolulu",
  about: "Made up by megaptera example: no hydrophone ever stood there.",
};

/**
 * Writes a recording where it is not there yet, whole or not at all.
 *
 * @returns Rows of the song that is in it.
 */
async function writeRecording(
  folder: string,
  { name, startMs, plan }: MooredRecording,
): Promise<string[]> {
  const path = join(folder, name);
  // Hidden from what reads folders, until it is whole.
  const part = join(folder, `.${name}.${Deno.pid}.part`);
  const ocean = plan && makeOcean({ ...plan, sampleRateHz: EXAMPLE_RATE_HZ });
  if (await Deno.stat(path).catch(() => undefined) === undefined) {
    // What a card that failed leaves: zeros.
    if (ocean) await writeMadeUpWav(part, ocean);
    else await Deno.writeFile(part, new Uint8Array(4096));
    await Deno.rename(part, path);
  }
  const iso = (seconds: number): string => new Date(startMs + seconds * 1000).toISOString();
  return (ocean?.truth ?? []).filter(({ kind }) => kind === "song")
    .map(({ startSeconds, stopSeconds }) => `${iso(startSeconds)},${iso(stopSeconds)},song`);
}
