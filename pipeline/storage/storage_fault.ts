import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import { RemoteFault, type RemoteReason } from "../remote/mod.ts";

const KINDS: Record<RemoteReason, FaultKind> = {
  "passing": "retry",
  "wrong answer": "retry",
  "range": "retry",
  "changed": "retry",
  "missing": "data",
  "no bucket": "data",
  "forbidden": "denied",
  "denied": "denied",
  "setting": "configuration",
};

/**
 * The fault of stored files far away, in one sentence.
 *
 * @param verb What was attempted.
 * @param name The storage or file.
 * @param error What was thrown.
 * @returns A `MegapteraError`; what is no fault of the server, as it is.
 */
export function storageFault(verb: string, name: string, error: unknown): unknown {
  if (!(error instanceof RemoteFault)) return error;
  const kind = KINDS[error.reason];
  // What only reads keeps nothing to go on from.
  const goesOn = verb.startsWith("write") ? ", which goes on from here" : "";
  const wayOn = kind === "retry" ? `: run the same command again${goesOn}` : "";
  const message = `Cannot ${verb} ${name} as ${error.message}${wayOn}.`;
  return new MegapteraError(kind, message, { cause: error });
}
