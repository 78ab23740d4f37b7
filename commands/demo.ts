import { dirname, join } from "node:path";
import type { Command } from "commander";
import { type BinBout, findBinBouts, medianFilter } from "../pipeline/bouts/mod.ts";
import { type Detector, RECIPES } from "../pipeline/detector/mod.ts";
import { diskWriteFault } from "../pipeline/places/mod.ts";
import { HOUR_BINS, parseScoreCsv, ScoreStore } from "../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../pipeline/scoring/mod.ts";
import { type Catalogue, catalogueFiles } from "../pipeline/timeline/mod.ts";
import { demoHour, makeOcean, type Ocean, writeMadeUpWav } from "../simulation/ocean/mod.ts";
import {
  agreement,
  drawHour,
  foundAndPlaced,
  scoreLine,
  type Seconds,
  spanLine,
} from "./demo/draw_hour.ts";
import { load } from "./detector_options.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { onDisk } from "./option_values.ts";
import { print, tell } from "./print.ts";
import { ScoringProgress } from "./progress.ts";
import { duration } from "./words.ts";

const START_MS = Date.UTC(2021, 0, 1);
const SAMPLE_RATE_HZ = 16_000;
/** Median of 25 s, threshold 0.5, gaps of 10 s joined, 3 s at least: conventions, no more. */
const MEDIAN_SECONDS = 25;
const BOUTS = { threshold: 0.5, gap: 10, min: 3 };

/** Adds `demo`. */
export function addDemo(program: Command, environment: Environment): void {
  program.command("demo")
    .description("make an hour of ocean with song in it, and find the song")
    .option("--out <folder>", "where the recording, scores and picture go", onDisk, "demo-out")
    .action(({ out }: { out: string }) => demo(out, navigator.hardwareConcurrency, environment));
}

/** Makes an hour of ocean with song in it, and finds the song. */
async function demo(
  folder: string,
  threads: number,
  environment: Environment,
): Promise<void> {
  const { signal } = environment;
  const detector = await load({ model: "demo", threads, engine: "auto" }, environment);
  try {
    const wav = join(folder, "MADEUP-20210101T000000Z-16kHz.wav");
    const ocean = makeOcean({ ...demoHour(), sampleRateHz: SAMPLE_RATE_HZ });
    await writeWav(wav, ocean);
    print(`Made up an hour of ocean: ${wav}`);
    const catalogue = await catalogueFiles([wav]);
    const store = new ScoreStore(join(folder, "scores"));
    const range = wholeCatalogue(catalogue);
    const progress = new ScoringProgress(range.hours, () => HOUR_BINS);
    const [outcome] = await scoreRange({
      ...range,
      detectors: [detector],
      recipe: RECIPES.exact,
      gain: 1,
      channel: 0,
      stores: [store],
      signal,
      force: true,
      onProgress: (hourMs, bins) => progress.onBins(hourMs, bins),
      onHour: (hour) => progress.onHour(hour),
    }).finally(() => progress.stop());
    print(`Scored it in ${outcome.seconds.toFixed(0)} s: ${store.csvPath(START_MS)}`);
    await show(ocean, catalogue, detector, store, folder);
    tell("The published detector, for recordings of yours:");
    tellNext(environment, "model", "install");
  } finally {
    detector.engine.close();
  }
}

async function writeWav(wav: string, ocean: Ocean): Promise<void> {
  try {
    await Deno.mkdir(dirname(wav), { recursive: true });
    await writeMadeUpWav(wav, ocean);
  } catch (error) {
    throw diskWriteFault(wav, error, "");
  }
}

/** Shows bouts that were found beside song that was placed. */
async function show(
  ocean: Ocean,
  catalogue: Catalogue,
  detector: Detector,
  store: ScoreStore,
  folder: string,
): Promise<void> {
  const csv = await store.readCsv(START_MS) ?? "";
  const { scores } = parseScoreCsv(csv, store.csvPath(START_MS));
  const filtered = medianFilter(scores, MEDIAN_SECONDS);
  // A score hears the audio from its second on: a bout lies at the centre of what was heard.
  const shift = (detector.windowSeconds - 1) / 2;
  const found = findBinBouts(filtered, BOUTS)
    .map((bout) => ({ ...bout, start: bout.start + shift, stop: bout.stop + shift }));
  const songs = ocean.truth.filter(({ kind }) => kind === "song")
    .map(({ startSeconds, stopSeconds }) => ({ start: startSeconds, stop: stopSeconds }));
  const others = ocean.truth.filter(({ kind }) => kind !== "song");
  const otherSpans = others.map((span) => ({ start: span.startSeconds, stop: span.stopSeconds }));

  print();
  printTable(songs, found);
  print();
  print(`minutes   0    5    10   15   20   25   30   35   40   45   50   55`);
  print(`scores    ${scoreLine(filtered)}`);
  print(`found     ${spanLine(found, "▀")}`);
  print(`placed    ${spanLine(songs, "▄")}`);
  print(
    `other     ${spanLine(otherSpans, "░")}   ${
      [...new Set(others.map(({ kind }) => kind))].join(", ")
    }`,
  );
  print();
  const svg = join(folder, "hour.svg");
  await drawHour({ startMs: START_MS, scores, filtered, found, ocean, catalogue, detector }, svg);
  print(`The picture: ${svg}`);
  print(
    `The scores:  ${store.name} (${HOUR_BINS} seconds, with a manifest that says what made them)`,
  );
}

function printTable(songs: readonly Seconds[], found: readonly (BinBout & Seconds)[]): void {
  const span = ({ start, stop }: Seconds): string =>
    `${duration(start).padStart(5)} to ${duration(stop).padStart(5)}`;
  print("song placed       bouts found       peak score");
  for (const { placed, found: bouts } of foundAndPlaced(songs, found)) {
    const left = placed ? span(placed) : "none".padEnd(14);
    if (bouts.length === 0) print(`${left}    not found`);
    bouts.forEach((bout, i) =>
      print(`${i === 0 ? left : "".padEnd(14)}    ${span(bout)}    ${bout.peak.toFixed(3)}`)
    );
  }
  const { precision, recall } = agreement(songs, found);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  print(
    `Of the seconds found ${percent(precision)} are song; of the song ${
      percent(recall)
    } was found.`,
  );
}
