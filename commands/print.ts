import { withoutSecrets } from "../core/mod.ts";
import { diskWriteFault } from "../pipeline/places/mod.ts";

const encoder = new TextEncoder();

/** The fault of a standard output whose reader went away, as `head` does: nobody is left to tell. */
export class BrokenOutput extends Error {}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = encoder.encode(withoutSecrets(text));
  for (let done = 0; done < bytes.length;) {
    try {
      done += stream.writeSync(bytes.subarray(done));
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      // A pipe that somebody else has made non-blocking is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/**
 * Replaces control characters and marks that turn text around: names of files may hold them, and a
 * terminal obeys them.
 *
 * @param line A line, without its end.
 */
export function printable(line: string): string {
  // deno-lint-ignore no-control-regex
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "\u{fffd}");
}

/** Prints the lines of a text on standard output. */
export function printText(text: string): void {
  printRaw(`${text.trimEnd().split("\n").map(printable).join("\n")}\n`);
}

/** Prints the lines of a text about the work on standard error. */
export function tellText(text: string): void {
  for (const line of text.trimEnd().split("\n")) tell(line);
}

/**
 * Prints a line of the result on standard output.
 *
 * @throws {BrokenOutput} Where nobody reads it any more.
 * @throws {MegapteraError} `retry` where it can't be written for another reason.
 */
export function print(line = ""): void {
  printRaw(`${printable(line)}\n`);
}

/** Prints a text on standard output as it is, with its control characters. */
export function printRaw(text: string): void {
  try {
    writeAll(Deno.stdout, text);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new BrokenOutput("", { cause: error });
    throw diskWriteFault("standard output", error, "");
  }
}

/** Prints a line about the work on standard error; where it can't be, the work goes on. */
export function tell(line: string): void {
  try {
    writeAll(Deno.stderr, `${printable(line)}\n`);
  } catch {
    // nobody hears it
  }
}
