import { extname } from "node:path";
import type { CallExporter } from "./call_exporter.ts";
import type { CallFormat } from "./call_formats.ts";
import { CsvCalls } from "./csv_calls.ts";

/**
 * Opens what writes calls.
 *
 * @param out Path of the one file; with several formats each has its own ending in its place.
 * @param formats Which.
 * @returns One exporter a format; close them all, whatever happens.
 * @throws {MegapteraError} `denied` where a file can't be written.
 */
export async function openCallExporters(
  out: string,
  formats: readonly CallFormat[],
): Promise<CallExporter[]> {
  const base = out.slice(0, out.length - extname(out).length);
  const pathOf = (ending: string): string => formats.length === 1 ? out : base + ending;
  const open: Record<CallFormat, () => Promise<CallExporter>> = {
    csv: () => CsvCalls.open(pathOf(".csv")),
  };
  const exporters: CallExporter[] = [];
  try {
    for (const format of formats) exporters.push(await open[format]());
  } catch (error) {
    for (const exporter of exporters) await exporter.close();
    throw error;
  }
  return exporters;
}
