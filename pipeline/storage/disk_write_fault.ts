import { MegapteraError } from "../../core/mod.ts";

/**
 * Makes the fault of a file or folder that can't be written.
 *
 * @param path Which.
 * @param error What the system said.
 * @param what What was to be written, before the path in the sentence.
 * @returns `denied` where it is not permitted, `retry` otherwise, with what to do.
 */
export function diskWriteFault(
  path: string,
  error: unknown,
  what: "scores to " | "" = "scores to ",
): MegapteraError {
  const { errors } = Deno;
  const refusals = [
    ...[errors.PermissionDenied, errors.NotCapable, errors.NotADirectory, errors.IsADirectory],
    errors.AlreadyExists,
  ];
  const denied = refusals.some((kind) => error instanceof kind) ||
    (error as { code?: string }).code === "EROFS";
  const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  const goesOn = what === "" ? "" : ", which goes on from here";
  const wayOn = denied
    ? "choose another place with --out, or allow writing to this one"
    : `mend it and run the same command again${goesOn}`;
  return new MegapteraError(
    denied ? "denied" : "retry",
    `Cannot write ${what}${path} as the system refused: ${reason}; ${wayOn}.`,
    { cause: error },
  );
}
