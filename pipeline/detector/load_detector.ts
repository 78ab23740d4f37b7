import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MegapteraError } from "../../core/mod.ts";
import type { Detector, EngineName, LoadOptions } from "./detector.ts";
import { buildNetwork, type Engine, loadPortable, OnnxEngine } from "./engine/mod.ts";
import {
  DETECTOR_SAMPLE_RATE_HZ,
  FRONT_END_REVISION,
  MelPcenFrontEnd,
  type PcenParameters,
  WINDOW_SAMPLES,
} from "./front_end/mod.ts";
import { readInstalledModel } from "./installed_model.ts";
import { loadDescribed, readDescription } from "./load_described.ts";
import { weightsNotice } from "./published.ts";
import { RECIPES } from "./recipes.ts";
import {
  openCheckpoint,
  readHumpback,
  readSavedModel,
  type SavedModel,
} from "./saved_model/mod.ts";

/** Said wherever the demo detector's results are shown. */
export const DEMO_NOTICE = "demo detector, trained on made-up song, not for science";

/** Names the folder in which the published detector is installed. */
export function googleFolder(modelsFolder: string): string {
  return join(modelsFolder, "google-humpback_whale-1");
}

/**
 * Loads a detector. Close its engine when done.
 *
 * @param options Which one, and how.
 * @returns The detector, ready to score.
 * @throws {MegapteraError} `configuration` where it is not installed, `data` where a SavedModel is
 * not of this family or a network not what its description says, `usage` where the engine can't run
 * it.
 */
export async function loadDetector(options: LoadOptions): Promise<Detector> {
  const { model, modelsFolder } = options;
  if (model === "google") return await loadInstalled(googleFolder(modelsFolder), options);
  if (model === "demo") {
    const about = { name: "demo", classNames: ["Mn"], notice: DEMO_NOTICE };
    return await startModel(await readDemo(), about, options);
  }
  if (isDescribed(model)) return await loadDescribed(model, options);
  const savedModel = await readSavedModel(model);
  const about = { ...savedModel, name: basename(resolve(model)) };
  return await startModel(savedModel, about, options);
}

/** Reads the demo detector, which is a checkpoint of this project's own without a graph. */
export async function readDemo(): Promise<SavedModel> {
  const folder = fileURLToPath(new URL("./demo/checkpoint", import.meta.url));
  return await readHumpback(await openCheckpoint(folder));
}

/**
 * Tells the sample rate of the audio that a detector takes, before it is loaded.
 *
 * @param model Which one, as for `loadDetector`.
 * @returns The rate in Hz.
 * @throws {MegapteraError} `data` where the description of somebody else's network can't be read.
 */
export async function detectorRateHz(model: string): Promise<number> {
  return isDescribed(model) ? (await readDescription(model)).sampleRateHz : DETECTOR_SAMPLE_RATE_HZ;
}

/** Tells whether a detector is a network that somebody else made and described. */
function isDescribed(model: string): boolean {
  return model.toLowerCase().endsWith(".onnx");
}

async function loadInstalled(folder: string, options: LoadOptions): Promise<Detector> {
  const installed = await readInstalledModel(folder);
  if (!installed) {
    throw new MegapteraError(
      "configuration",
      "Cannot score with the published detector as it is not installed: run `megaptera model " +
        "install` once, or score with the built-in demo detector by `--model demo`.",
    );
  }
  const { record, networkPath } = installed;
  const { alpha, delta, root, smoothing } = record.pcen;
  const pcen: PcenParameters = {
    alpha: Float32Array.from(alpha),
    delta: Float32Array.from(delta),
    root: Float32Array.from(root),
    smoothing,
  };
  const engine = await startEngine(options.engine, {
    onnx: () => OnnxEngine.load(networkPath, options.threads),
    tfjs: () => loadPortable(networkPath),
  });
  const { weightsSha256 } = record;
  const said = weightsNotice(weightsSha256);
  const notice = said && `${said} (SHA-256 of the weights ${weightsSha256.slice(0, 12)}…)`;
  return makeDetector({ ...record, notice, pcen, engine });
}

async function startModel(
  savedModel: SavedModel,
  about: Pick<Detector, "name" | "classNames" | "notice">,
  options: LoadOptions,
): Promise<Detector> {
  const engine = await startEngine(options.engine, {
    onnx: () => OnnxEngine.load(buildNetwork(savedModel), options.threads),
    tfjs: () => loadPortable(savedModel),
  });
  const { pcen, weightsSha256 } = savedModel;
  return makeDetector({ ...about, pcen, weightsSha256, engine });
}

/** Starts the engine that is wanted; `auto` takes the portable one where the native can't start. */
async function startEngine(
  name: EngineName = "auto",
  start: Record<"onnx" | "tfjs", () => Promise<Engine>>,
): Promise<Engine> {
  if (name !== "auto") return await start[name]();
  try {
    return await start.onnx();
  } catch (error) {
    if (error instanceof MegapteraError && error.kind === "configuration") {
      return await start.tfjs();
    }
    throw error;
  }
}

function makeDetector(
  { name, notice, pcen, weightsSha256, classNames, engine }:
    & Pick<Detector, "name" | "weightsSha256" | "classNames" | "engine">
    & { notice?: string | undefined; pcen: PcenParameters },
): Detector {
  return {
    name,
    ...(notice === undefined ? {} : { notice }),
    sampleRateHz: DETECTOR_SAMPLE_RATE_HZ,
    windowSeconds: WINDOW_SAMPLES / DETECTOR_SAMPLE_RATE_HZ,
    hopSeconds: 1,
    classNames,
    weightsSha256,
    revision: FRONT_END_REVISION,
    recipes: Object.values(RECIPES).map((recipe) => recipe.name),
    frontEnd: new MelPcenFrontEnd(pcen),
    engine,
  };
}
