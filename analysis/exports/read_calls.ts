import { extname } from "node:path";
import { MegapteraError } from "../../core/mod.ts";
import type { Call } from "../../pipeline/calls/mod.ts";
import { readTable } from "../tables/mod.ts";
import { callOfFields } from "./call_of_fields.ts";

/**
 * Reads calls back that `calls` wrote, in the format that the name's ending says: `.csv`, `.json`,
 * `.parquet`, or `.txt` for Raven.
 *
 * @param path The file.
 * @returns The calls, with scores to six decimals.
 * @throws {MegapteraError} `data`, naming the file and the line, or where the ending says nothing.
 */
export async function readCalls(path: string): Promise<Call[]> {
  const ending = extname(path);
  if (ending === ".parquet") {
    const { parseParquetCalls } = await import("./read_parquet_calls.ts");
    return parseParquetCalls(await bytesOf(path), path);
  }
  const parsers: Record<string, (text: string, name: string) => Call[]> = {
    ".csv": parseTableCalls,
    ".json": parseJsonCalls,
    ".txt": parseTableCalls,
  };
  const parse = parsers[ending];
  if (!parse) {
    throw new MegapteraError(
      "data",
      `Cannot read the calls in ${path} as its name ends in none of .csv, .json, .parquet, .txt.`,
    );
  }
  return parse(new TextDecoder().decode(await bytesOf(path)), path);
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\.$/, "");
    throw new MegapteraError("data", `Cannot read the calls in ${path}: ${reason}.`, { cause });
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
 * Reads calls as JSON back.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the call.
 */
export function parseJsonCalls(text: string, name: string): Call[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${name} as it is not JSON.`, { cause });
  }
  const calls = (value as { calls?: unknown } | null)?.calls;
  if (Array.isArray(calls)) {
    return calls.map((fields, i) => callOfFields(fields, `${name}, number ${i + 1}`));
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

/** Where a Raven table has them; `Call` says which rows, in several recordings, are of one call. */
const RAVEN: typeof CSV & { call: string } = {
  call: "Call",
  start: "Call Start",
  end: "Call End",
  positive_s: "Positive (s)",
  peak_score: "Score",
  mean_score: "Mean Score",
  peak_time: "Peak Time",
  at_gap: "At Gap",
};

/**
 * Reads calls back from a table of this project: CSV, or a Raven selection table, whose rows of one
 * call are one call again. Columns may stand in any order, and others among them.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap";
 * const row = "2021-01-01T00:00:01.456Z,2021-01-01T00:00:06.456Z,5,5,0.9,0.8," +
 *   "2021-01-01T00:00:03.956Z,false";
 * assert.equal(parseTableCalls(`${header}\n${row}\n`, "calls.csv")[0].peakScore, 0.9);
 * ```
 */
export function parseTableCalls(text: string, name: string): Call[] {
  const { columns, rows } = readTable(text, name);
  const names = columns.includes("Selection") ? RAVEN : CSV;
  const lacking = Object.values(names).find((column) => !columns.includes(column));
  if (lacking !== undefined) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as a table of calls has a column "${lacking}": found ` +
        `"${columns.join(",").slice(0, 60)}".`,
    );
  }
  const calls = new Map<string, Call>();
  for (const row of rows) {
    const call = names === RAVEN ? row.cell(RAVEN.call) : String(row.line);
    if (calls.has(call)) continue;
    const fields = {
      start: row.cell(names.start),
      end: row.cell(names.end),
      positive_s: numberIn(row.cell(names.positive_s)),
      peak_score: numberIn(row.cell(names.peak_score)),
      mean_score: numberIn(row.cell(names.mean_score)),
      peak_time: row.cell(names.peak_time),
      at_gap: truthIn(row.cell(names.at_gap)),
    };
    calls.set(call, callOfFields(fields, `${name} line ${row.line}`));
  }
  return [...calls.values()];
}
