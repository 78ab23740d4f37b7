import type { FuzzTarget } from "../target.ts";
import { archive, description, onnx } from "./models.ts";
import { csv, manifest } from "./scores.ts";
import { annotations, calls, coverage, names, parquet, plan, sites, slurm } from "./tables.ts";

/** All readers of what other people may write. */
export const TARGETS: Readonly<Record<string, FuzzTarget>> = {
  annotations,
  archive,
  calls,
  coverage,
  csv,
  description,
  manifest,
  names,
  onnx,
  parquet,
  plan,
  sites,
  slurm,
};
