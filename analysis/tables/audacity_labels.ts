import { parseSeconds, rowFault } from "./table_values.ts";

/** A label of Audacity's, seconds from the recording's beginning. */
export interface AudacityLabel {
  fromSeconds: number;
  toSeconds: number;
  label: string;
  /** Line of the file, from 1. */
  line: number;
}

/**
 * Reads Audacity labels: `start⇥end⇥label`; lines of frequencies (`\⇥low⇥high`) are passed over.
 * Decimals stand after a point, or after a comma as `parseSeconds` takes it.
 *
 * Source: Audacity's manual, "Importing and Exporting Labels".
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The labels, in the order of the file.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [label] = parseAudacityLabels("1.5\t4\tcall 0.9\n", "labels.txt");
 * assert.deepEqual(label, { fromSeconds: 1.5, toSeconds: 4, label: "call 0.9", line: 1 });
 * ```
 */
export function parseAudacityLabels(text: string, name: string): AudacityLabel[] {
  return text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).flatMap((row, i) => {
    if (row.trim() === "" || row.startsWith("\\")) return [];
    const [start, end = "", ...label] = row.split("\t");
    const [fromSeconds, toSeconds] = [start, end].map((cell) => parseSeconds(cell.trim()));
    if (fromSeconds === undefined || toSeconds === undefined || toSeconds < fromSeconds) {
      const found = row.slice(0, 60).replaceAll("\t", "⇥");
      throw rowFault(
        name,
        i + 1,
        `a label is a start, an end at it or later, and a text, with tabs between and decimals after ` +
          `a point: found "${found}"`,
      );
    }
    return [{ fromSeconds, toSeconds, label: label.join(" ").trim(), line: i + 1 }];
  });
}
