import { buildNetwork, OnnxEngine } from "../../../../pipeline/detector/mod.ts";
import { engineContract } from "./engine_contract.ts";

engineContract("the native engine", (weights) => OnnxEngine.load(buildNetwork(weights), 2));
