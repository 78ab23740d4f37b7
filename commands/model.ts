import { basename, join } from "node:path";
import type { Command } from "commander";
import { MegapteraError } from "../core/mod.ts";
import { Resampler } from "../pipeline/audio/mod.ts";
import {
  checkPublished,
  DETECTOR_SAMPLE_RATE_HZ,
  downloadArchive,
  type DownloadOptions,
  GOOGLE_MODEL,
  googleFolder,
  hashFile,
  installModel,
  type ModelRecord,
  PUBLISHED_HOMES,
  PUBLISHED_WINDOW_SECONDS,
  readInstalledModel,
  readSavedModel,
  samplesOf,
  weightsNotice,
} from "../pipeline/detector/mod.ts";
import { PieceAudio } from "../pipeline/scoring/mod.ts";
import { catalogueFiles, RunReader } from "../pipeline/timeline/mod.ts";
import {
  addModelOptions,
  type DetectorArguments,
  load,
  threadsOption,
} from "./detector_options.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { print, tell } from "./print.ts";
import { Progress } from "./progress.ts";

/** Adds `model install`, `model show` and `model check`. */
export function addModel(program: Command, environment: Environment): void {
  const model = program.command("model").description("install, show or check the detector");
  model.command("install")
    .description("fetch the published detector, and convert it once")
    .option("--from <path>", "take a copy on disk: a SavedModel's folder or .tar.gz")
    .action(({ from }: { from?: string }) => installGoogle(from, environment));
  model.command("show")
    .description("what detector is installed; with --verbose its variables too")
    .action((_, command: Command) => showModel(environment, command.optsWithGlobals().verbose));
  addModelOptions(model.command("check"))
    .addOption(threadsOption().default(navigator.hardwareConcurrency, "all cores"))
    .description("logit and score of a recording's first window")
    .argument("<wav>", "a WAV or FLAC file of 4 s or more")
    .action((wav: string, options: DetectorArguments) => checkModel(wav, options, environment));
}

/** Bytes of a download between two lines in a log. */
const STEP_BYTES = 10e6;

/**
 * Fetches the published detector, or takes a copy, and converts it once.
 *
 * @param from A SavedModel's folder or archive; nothing to download it.
 */
export async function installGoogle(
  from: string | undefined,
  environment: Environment,
  homes: readonly string[] = PUBLISHED_HOMES,
): Promise<void> {
  const { modelsFolder, signal } = environment;
  const archive = from ?? join(modelsFolder, "google-humpback_whale-1.tar.gz");
  if (from === undefined) {
    await Deno.mkdir(modelsFolder, { recursive: true });
    tell(`Asking ${homes.map((home) => new URL(home).host).join(", then ")} for ${GOOGLE_MODEL}.`);
    const progress = new Progress(1, { format: "{bar} {value} of {total} MB" });
    let told = 0;
    try {
      const onProgress: DownloadOptions["onProgress"] = ({ receivedBytes, totalBytes }) => {
        const [done, total] = [receivedBytes, totalBytes].map((bytes) =>
          bytes === undefined ? undefined : Math.round(bytes / 1e6)
        );
        const isDue = receivedBytes - told >= STEP_BYTES || receivedBytes === totalBytes;
        if (isDue) told = receivedBytes;
        const line = isDue ? `${done} of ${total ?? "?"} MB` : undefined;
        progress.update(done!, { total: total ?? done!, line });
      };
      await downloadArchive({ homes, target: archive, onProgress, signal });
    } finally {
      progress.stop();
    }
  }
  const model = await readSavedModel(archive);
  checkPublished(model, basename(archive));
  const isFile = (await Deno.stat(archive)).isFile;
  const record = await installModel(model, {
    name: GOOGLE_MODEL,
    source: from ?? "download",
    archiveSha256: isFile ? await hashFile(archive) : null,
  }, googleFolder(modelsFolder));
  // Another process may have taken it away.
  if (from === undefined) await Deno.remove(archive).catch(() => {});
  print(`Installed ${record.name} in ${googleFolder(modelsFolder)}`);
  printRecord(record);
  tellNext(environment, "inspect", "RECORDINGS");
}

/** Prints what is installed. */
async function showModel(
  { modelsFolder }: Environment,
  isVerbose: boolean | undefined,
): Promise<void> {
  const installed = await readInstalledModel(googleFolder(modelsFolder));
  if (!installed) {
    throw new MegapteraError(
      "configuration",
      "Cannot show the published detector as it is not installed: run `megaptera model install`.",
    );
  }
  const { record } = installed;
  if (isVerbose) {
    for (const { name, shape } of record.variables) print(`  ${name} [${shape.join(", ")}]`);
  }
  printRecord(record);
}

function printRecord(record: ModelRecord): void {
  const numbers = record.variables.reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  print(`name             ${record.name}`);
  print(`source           ${record.source}`);
  print(`archive SHA-256  ${record.archiveSha256 ?? "none: it was a folder"}`);
  print(`weights SHA-256  ${record.weightsSha256}`);
  print(`checked          ${weightsNotice(record.weightsSha256) ?? "by the publisher's checksum"}`);
  print(
    `geometry         ${DETECTOR_SAMPLE_RATE_HZ} Hz, windows of ${PUBLISHED_WINDOW_SECONDS} s: ${record.held}`,
  );
  print(`classes          ${record.classNames.join(", ")}`);
  print(`blocks' widths   ${record.blocks.map((group) => group.join(" ")).join(" | ")}`);
  print(`variables        ${record.variables.length}, ${numbers.toLocaleString("en")} numbers`);
}

/**
 * Prints logit and score of the first window, PCEN as in `score`, audio as read: to compare with a
 * figure that somebody else published.
 */
async function checkModel(
  wav: string,
  options: DetectorArguments,
  environment: Environment,
): Promise<void> {
  const catalogue = await catalogueFiles([wav], { recordingStart: "1970-01-01T00:00:00Z" });
  const [run] = catalogue.timeline.runs;
  const detector = await load(options, environment);
  const reader = new RunReader(run, { ...catalogue, channel: 0 });
  const frontEnd = await detector.frontEnd.start();
  try {
    const { sampleRateHz, classNames } = detector;
    const { windowFrames, frameValues } = detector.frontEnd;
    const count = samplesOf(detector.frontEnd, windowFrames);
    const resampler = new Resampler(run.sampleRateHz, sampleRateHz);
    if (resampler.outputLength(run.frames) < count) {
      throw new MegapteraError(
        "data",
        `Cannot check with ${wav} as a window needs ${count / sampleRateHz} s of audio: it has ` +
          `${(run.frames / run.sampleRateHz).toFixed(3)} s.`,
      );
    }
    const piece = { originFrame: 0, stopFrame: run.frames };
    const audio = new PieceAudio({ piece, reader, resampler, gain: 1 });
    const windows = frontEnd.windows("window", 0);
    windows.push(await audio.read({ start: 0, count }), 0);
    const window = new Float32Array(windowFrames * frameValues);
    windows.write(0, window, 0);
    const { logits, scores } = await detector.engine.run(window);
    const rate = sampleRateHz.toLocaleString("en");
    print(`first window of ${basename(wav)}, samples 0 to ${count - 1} at ${rate} Hz`);
    classNames.forEach((name, kind) => {
      const of = classNames.length === 1 ? "" : `  ${name}`;
      if (logits) print(`logit  ${logits[kind].toFixed(7)}${of}`);
      print(`score  ${scores[kind].toFixed(7)}${of}`);
    });
  } finally {
    frontEnd.close();
    await reader.close();
    detector.engine.close();
  }
}
