import { parseLogLine } from "./log_line.ts";

/** A share that failed, with what is known of its end. */
export interface FailedShare {
  share: number;
  exitCode?: number | undefined;
  /** In the back end's words. */
  reason?: string | undefined;
  /** Log lines that its last try left. */
  lines: readonly string[];
}

/** Shares that failed for the same cause. */
export interface AlikeShares {
  /** The first one's cause, in words. */
  cause: string;
  shares: number[];
}

/**
 * Groups shares that failed alike: for causes that differ in nothing but numbers and
 * names with numbers in them, such as hours, recordings and machines.
 *
 * @param failed The shares.
 * @returns The groups, that of most shares first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const failed = [1, 2].map((share) => ({ share, reason: `host ${share} went`, lines: [] }));
 * assert.deepEqual(alike(failed), [{ cause: "host 1 went", shares: [1, 2] }]);
 * ```
 */
export function alike(failed: readonly FailedShare[]): AlikeShares[] {
  const groups = Map.groupBy(
    failed.map((one) => ({ share: one.share, cause: causeOf(one) })),
    ({ cause }) => cause.replace(/[\w-]*\d[\w-]*/g, "#"),
  );
  return [...groups.values()]
    .map((group) => ({ cause: group[0].cause, shares: group.map(({ share }) => share) }))
    .sort((a, b) => b.shares.length - a.shares.length);
}

/**
 * Why a share failed: what its worker said of itself, or of the first hour that failed; else what its
 * back end says.
 */
export function causeOf({ lines, exitCode, reason }: FailedShare): string {
  const said = lines.map(parseLogLine);
  const fault = said.findLast((line) => line?.event === "fault")?.message;
  const failed = said.find((line) => line?.event === "hour" && line.state === "failed");
  const code = exitCode === undefined ? "it left no exit code" : `exit code ${exitCode}`;
  return fault ?? failed?.notes?.join(" ") ?? reason ?? code;
}
