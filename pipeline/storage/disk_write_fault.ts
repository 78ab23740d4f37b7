import { MegapteraError } from "../errors.ts";

/**
 * The fault of a file or folder that can't be written.
 *
 * @param path Which.
 * @param error What the system said.
 * @returns `denied` where it is not permitted, `retry` otherwise, with what to do.
 */
export function diskWriteFault(path: string, error: unknown): MegapteraError {
  const { errors } = Deno;
  const refusals = [errors.PermissionDenied, errors.NotCapable, errors.NotADirectory];
  const denied = refusals.some((kind) => error instanceof kind) ||
    error instanceof errors.AlreadyExists || (error as { code?: string }).code === "EROFS";
  const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  const wayOn = denied
    ? "choose another folder with --out, or allow writing to this one"
    : "mend it and run the same command again, which goes on from here";
  return new MegapteraError(
    denied ? "denied" : "retry",
    `Cannot write scores to ${path} as the system refused: ${reason}; ${wayOn}.`,
    { cause: error },
  );
}
