import { extname } from "node:path";
import { MegapteraError } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { readTable } from "../tables/mod.ts";
import { boutOfFields } from "./bout_of_fields.ts";

/**
 * Reads bouts back that `calls` wrote, in the format that the name's ending says: `.csv`, `.json`,
 * `.parquet`, or `.txt` for Raven.
 *
 * @param path The file.
 * @returns The bouts, with scores to six decimals.
 * @throws {MegapteraError} `data`, naming the file and the line, or where the ending says nothing.
 */
export async function readBouts(path: string): Promise<Bout[]> {
  const ending = extname(path);
  if (ending === ".parquet") {
    const { parseParquetBouts } = await import("./read_parquet_bouts.ts");
    return parseParquetBouts(await bytesOf(path), path);
  }
  const parsers: Record<string, (text: string, name: string) => Bout[]> = {
    ".csv": parseTableBouts,
    ".json": parseJsonBouts,
    ".txt": parseTableBouts,
  };
  const parse = parsers[ending];
  if (!parse) {
    throw new MegapteraError(
      "data",
      `Cannot read the bouts in ${path} as its name ends in none of .csv, .json, .parquet, .txt.`,
    );
  }
  return parse(new TextDecoder().decode(await bytesOf(path)), path);
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\.$/, "");
    throw new MegapteraError("data", `Cannot read the bouts in ${path}: ${reason}.`, { cause });
  }
}

/** Reads a number as a cell of text has it; the text itself where it is none. */
function numberIn(text: string | undefined): unknown {
  return text !== undefined && /^\d+(?:\.\d+)?(?:e-\d+)?$/.test(text) ? Number(text) : text;
}

/** `true` or `false` as a cell of text has it; the text itself where it is neither. */
function truthIn(text: string | undefined): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

/**
 * Reads bouts as JSON back.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The bouts.
 * @throws {MegapteraError} `data`, naming the file and the bout.
 */
export function parseJsonBouts(text: string, name: string): Bout[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${name} as it is not JSON.`, { cause });
  }
  const bouts = (value as { calls?: unknown } | null)?.calls;
  if (Array.isArray(bouts)) {
    return bouts.map((fields, i) => boutOfFields(fields, `${name}, number ${i + 1}`));
  }
  throw new MegapteraError("data", `Cannot read ${name} as it has no list named "calls".`);
}

const CSV = {
  start: "start",
  end: "end",
  positive_s: "positive_s",
  peak_score: "peak_score",
  mean_score: "mean_score",
  peak_time: "peak_time",
  at_gap: "at_gap",
};

/** Where a Raven table has them; `Call` says which rows, in several recordings, are of one bout. */
const RAVEN: typeof CSV & { bout: string } = {
  bout: "Call",
  start: "Call Start",
  end: "Call End",
  positive_s: "Positive (s)",
  peak_score: "Score",
  mean_score: "Mean Score",
  peak_time: "Peak Time",
  at_gap: "At Gap",
};

/**
 * Reads bouts back from a table of this project: CSV, or a Raven selection table, whose rows of one
 * bout are one bout again. Columns may stand in any order, and others among them.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The bouts.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap";
 * const row = "2021-01-01T00:00:01.456Z,2021-01-01T00:00:06.456Z,5,5,0.9,0.8," +
 *   "2021-01-01T00:00:03.956Z,false";
 * assert.equal(parseTableBouts(`${header}\n${row}\n`, "calls.csv")[0].peakScore, 0.9);
 * ```
 */
export function parseTableBouts(text: string, name: string): Bout[] {
  const { columns, rows } = readTable(text, name);
  const names = columns.includes("Selection") ? RAVEN : CSV;
  const lacking = Object.values(names).find((column) => !columns.includes(column));
  if (lacking !== undefined) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as a table of bouts has a column "${lacking}": found ` +
        `"${columns.join(",").slice(0, 60)}".`,
    );
  }
  const bouts = new Map<string, Bout>();
  for (const row of rows) {
    const bout = names === RAVEN ? row.cell(RAVEN.bout) : String(row.line);
    if (bouts.has(bout)) continue;
    const fields = {
      start: row.cell(names.start),
      end: row.cell(names.end),
      positive_s: numberIn(row.cell(names.positive_s)),
      peak_score: numberIn(row.cell(names.peak_score)),
      mean_score: numberIn(row.cell(names.mean_score)),
      peak_time: row.cell(names.peak_time),
      at_gap: truthIn(row.cell(names.at_gap)),
    };
    bouts.set(bout, boutOfFields(fields, `${name} line ${row.line}`));
  }
  return [...bouts.values()];
}
