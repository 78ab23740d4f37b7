import type { FuzzTarget } from "../target.ts";
import { flac, flacBlock, wav, wavOfAnySize } from "./audio.ts";
import { description, onnx } from "./models.ts";
import {
  archive,
  checkpoint,
  checkpointContent,
  graph,
  table,
  tableContent,
  tar,
} from "./saved_model.ts";
import { csv, manifest } from "./scores.ts";
import { annotations, bouts, coverage, names, parquet, plan, sites, slurm } from "./tables.ts";

/** All readers of what other people may write, and how many damaged inputs are some seconds' work. */
export const TARGETS: Readonly<Record<string, FuzzTarget & { few: number }>> = {
  annotations: { ...annotations, few: 10_000 },
  archive: { ...archive, few: 500 },
  calls: { ...bouts, few: 10_000 },
  checkpoint: { ...checkpoint, few: 500 },
  "checkpoint-content": { ...checkpointContent, few: 500 },
  coverage: { ...coverage, few: 10_000 },
  csv: { ...csv, few: 5_000 },
  description: { ...description, few: 20_000 },
  flac: { ...flac, few: 3_000 },
  "flac-block": { ...flacBlock, few: 10_000 },
  graph: { ...graph, few: 2_000 },
  manifest: { ...manifest, few: 10_000 },
  names: { ...names, few: 20_000 },
  onnx: { ...onnx, few: 100_000 },
  parquet: { ...parquet, few: 5_000 },
  plan: { ...plan, few: 10_000 },
  sites: { ...sites, few: 10_000 },
  slurm: { ...slurm, few: 2_000 },
  table: { ...table, few: 10_000 },
  "table-content": { ...tableContent, few: 10_000 },
  tar: { ...tar, few: 3_000 },
  wav: { ...wav, few: 15_000 },
  "wav-of-any-size": { ...wavOfAnySize, few: 10_000 },
};
