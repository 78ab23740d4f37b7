import { extname } from "node:path";
import { AboutCalls } from "./about_calls.ts";
import type { CallExporter } from "./call_exporter.ts";
import type { CallFormat } from "./call_formats.ts";
import { CsvCalls } from "./csv_calls.ts";
import { JsonCalls } from "./json_calls.ts";

/**
 * Opens what writes calls. Each format is loaded only where it is asked for.
 *
 * @param out Path of the one file; with several formats each has its own ending in its place.
 * @param formats Which.
 * @returns One exporter a format, and one that says beside them what they were made with; close them all, whatever happens.
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
    json: () => JsonCalls.open(pathOf(".json")),
    raven: async () => {
      const { RavenCalls } = await import("./raven_calls.ts");
      return RavenCalls.open(pathOf(".raven.txt"), base);
    },
    audacity: async () => {
      const { AudacityCalls } = await import("./audacity_calls.ts");
      return new AudacityCalls(base);
    },
    parquet: async () => {
      const { ParquetCalls } = await import("./parquet_calls.ts");
      return await ParquetCalls.open(pathOf(".parquet"));
    },
    pamscapes: async () => {
      const { PamscapesCalls } = await import("./pamscapes/mod.ts");
      return await PamscapesCalls.open(pathOf(".pamscapes.csv"));
    },
  };
  const exporters: CallExporter[] = [];
  try {
    for (const format of formats) exporters.push(await open[format]());
    exporters.push(await AboutCalls.open(`${base}.about.json`));
  } catch (error) {
    for (const exporter of exporters) await exporter.close();
    throw error;
  }
  return exporters;
}
