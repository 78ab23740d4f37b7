import { type FaultKind, MegapteraError } from "../../../core/mod.ts";
import { RemoteFault, type RemoteReason } from "../../remote/mod.ts";
import { SourceFault, type SourceFaultReason } from "../source_fault.ts";

/** Faults of one file. */
const ONE_FILE: Partial<Record<RemoteReason, SourceFaultReason>> = {
  "passing": "unreachable",
  "wrong answer": "wrong answer",
  "missing": "missing",
  "forbidden": "forbidden",
  "changed": "changed",
  "range": "wrong answer",
};

/** Faults of whatever is asked. */
const EVERY_FILE: Partial<Record<RemoteReason, FaultKind>> = {
  "no bucket": "data",
  "setting": "configuration",
  "denied": "denied",
};

/**
 * The fault of a file far away that can't be read, in one sentence that names it.
 *
 * @param uri The file, or the place that was to be listed.
 * @param error What was thrown.
 * @param verb What was attempted.
 * @returns A `SourceFault` where it is this file's own, a plain `MegapteraError` where settings,
 * credentials or the bucket are at fault, and anything else, as what a signal aborted with, as it is.
 */
export function remoteSourceFault(uri: string, error: unknown, verb = "read"): unknown {
  if (!(error instanceof RemoteFault)) return error;
  const { reason, message } = error;
  const wayOn = reason === "passing" ? ": run the same command again later" : "";
  const sentence = `Cannot ${verb} ${uri} as ${message}${wayOn}.`;
  const own = ONE_FILE[reason];
  if (own) return new SourceFault(own, sentence, { cause: error });
  return new MegapteraError(EVERY_FILE[reason] ?? "retry", sentence, { cause: error });
}
