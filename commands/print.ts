const encoder = new TextEncoder();

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) done += stream.writeSync(bytes.subarray(done));
}

/** Text without control characters but line feeds: names of files may hold anything. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "\u{fffd}");
}

/** Prints a line of the result on standard output. */
export function print(line = ""): void {
  writeAll(Deno.stdout, `${printable(line)}\n`);
}

/** Prints a line about the work on standard error. */
export function tell(line: string): void {
  writeAll(Deno.stderr, `${printable(line)}\n`);
}
