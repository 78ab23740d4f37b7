import { type Detector, type EngineName, loadDetector } from "../pipeline/detector/mod.ts";
import type { Environment } from "./environment.ts";
import { print, tell } from "./print.ts";

/** Options that every command with a detector has. */
export interface DetectorArguments {
  model: string;
  threads: number;
  engine: EngineName;
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
