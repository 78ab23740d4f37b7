import type { AbsentRecording } from "./catalogue.ts";
import { SourceFault } from "./source_fault.ts";

/**
 * What kind of gap a recording is that could not be opened.
 *
 * @param error What opening it threw.
 * @returns The kind; nothing where it is no gap but a fault that ends the run, as of the network.
 */
export function kindOfAbsence(error: unknown): AbsentRecording["kind"] | undefined {
  if (!(error instanceof SourceFault)) return undefined;
  const { reason } = error;
  return reason === "missing" || reason === "forbidden" || reason === "unreadable"
    ? reason
    : undefined;
}
