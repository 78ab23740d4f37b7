import { MegapteraError } from "../../../pipeline/errors.ts";

/** A label of Audacity's, seconds from the recording's beginning. */
export interface AudacityLabel {
  fromSeconds: number;
  toSeconds: number;
  label: string;
}

/**
 * Reads Audacity labels: `start⇥end⇥label`; lines of spectral selections (`\⇥low⇥high`) are passed
 * over.
 *
 * Source: Audacity manual, "Importing and Exporting Labels".
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The labels.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [label] = parseAudacityLabels("1.5\t4\tcall 0.9\n", "labels.txt");
 * assert.deepEqual(label, { fromSeconds: 1.5, toSeconds: 4, label: "call 0.9" });
 * ```
 */
export function parseAudacityLabels(text: string, name: string): AudacityLabel[] {
  const labels: AudacityLabel[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line === "" || line.startsWith("\\\t")) return;
    const [from, to, ...label] = line.split("\t");
    const [fromSeconds, toSeconds] = [from, to].map((cell) =>
      /^\d+(?:\.\d+)?$/.test(cell ?? "") ? Number(cell) : NaN
    );
    if (!(toSeconds >= fromSeconds)) {
      throw new MegapteraError(
        "data",
        `Cannot read ${name} line ${i + 1} as a label is a start, an end and a text with tabs ` +
          `between, in seconds: found "${line.slice(0, 60)}".`,
      );
    }
    labels.push({ fromSeconds, toSeconds, label: label.join("\t") });
  });
  return labels;
}
