import { MegapteraError } from "../../core/mod.ts";

/** Files without a time that are named one by one. */
const MOST_NAMED = 5;

/**
 * Tells whether a fault is that a recording's start can't be told, which costs that recording alone.
 *
 * @param error What telling it threw.
 * @returns The fault.
 * @throws {unknown} The error, where it is another.
 */
export function untimedFault(error: unknown): MegapteraError {
  if (error instanceof MegapteraError && error.kind === "data") return error;
  throw error;
}

/**
 * Says which files have no time.
 *
 * @param faults Why it can't be told when each of them starts.
 * @returns A few sentences, however many there are.
 */
export function untimedNotes(faults: readonly MegapteraError[]): string[] {
  const more = faults.length - MOST_NAMED;
  const files = `${more} more file${more === 1 ? "" : "s"}`;
  const rest = more > 0 ? [`Of ${files} it can't be told either when they start.`] : [];
  return [...faults.slice(0, MOST_NAMED).map(({ message }) => message), ...rest];
}
