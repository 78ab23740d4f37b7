/**
 * Exit codes of every program of this project, as sysexits.h and shells have them (docs/commands.md).
 * The code of a fault has the name of its kind.
 */
export const EXIT_CODES = Object.freeze(
  {
    complete: 0,
    /** Audio that was expected is missing. */
    audioMissing: 3,
    usage: 64,
    data: 65,
    retry: 75,
    denied: 77,
    configuration: 78,
    interrupted: 130,
    /** The same as of a program that SIGPIPE has ended. */
    brokenOutput: 141,
    terminated: 143,
  } as const,
);
