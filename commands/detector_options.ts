import { type Command, Option } from "commander";
import { type Detector, type EngineName, loadDetector } from "../pipeline/detector/mod.ts";
import type { Environment } from "./environment.ts";
import { wholeNumber } from "./option_values.ts";
import { print, tell } from "./print.ts";

/** Options of commands that run a detector. */
export interface DetectorArguments {
  model: string;
  threads: number;
  engine: EngineName;
}

/** Detector that is meant where none is named. */
export const DEFAULT_MODEL = "google";

/** Adds `--model` and `--engine`, alike in every command that runs a detector. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--model <name>", "demo, google, a SavedModel's folder or .tar.gz, or FILE.onnx")
        .default(DEFAULT_MODEL),
    )
    .addOption(
      new Option("--engine <name>", "what runs the network: native onnx, portable tfjs")
        .choices(["auto", "onnx", "tfjs"]).default("auto"),
    );
}

/** Makes `--threads`. */
export function threadsOption(): Option {
  return new Option("--threads <n>", "threads that the network runs on, a worker")
    .argParser(wholeNumber(1, 1024));
}

/** Loads a detector and says what the user must know of it, unless it was said before. */
export async function load(
  { model, threads, engine }: DetectorArguments,
  { modelsFolder }: Environment,
  isSaid = true,
): Promise<Detector> {
  const detector = await loadDetector({ model, threads, engine, modelsFolder });
  if (!isSaid) return detector;
  if (detector.notice) print(`${detector.name}: ${detector.notice}.`);
  const { description } = detector.engine;
  if (engine === "auto" && description.startsWith("TensorFlow.js")) {
    const slowly = description.includes("webgpu") ? "" : ", more slowly";
    tell(`note: native code can't be loaded here: ${description} runs the network${slowly}.`);
  }
  return detector;
}
