import { extname } from "node:path";
import { MegapteraError } from "../../../core/mod.ts";
import type { Call } from "../../../pipeline/calls/mod.ts";
import { parseJsonCalls } from "./json_calls.ts";
import { parseTableCalls } from "./table_calls.ts";

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
    const { parseParquetCalls } = await import("./parquet_calls.ts");
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
