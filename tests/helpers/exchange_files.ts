import { join } from "node:path";
import {
  exportScores,
  openBoutExporters,
  parseParsSettings,
  presenceToPamscapes,
  presenceToPars,
} from "../../analysis/exports/mod.ts";
import { type PresenceCell, presenceCells } from "../../analysis/presence/mod.ts";
import { CsvPresence } from "../../commands/presence/open_presence.ts";
import { TimeZone } from "../../core/mod.ts";
import { findBouts } from "../../pipeline/bouts/mod.ts";
import { type ManifestSegment, ScoreSet } from "../../pipeline/scores/mod.ts";
import { MADE_ABOUT } from "./made_bouts.ts";
import { PARS_SETTINGS } from "./pars_settings.ts";
import { plantHour } from "./planted_scores.ts";

/** The first midnight after summer time ends in Monterey is near: a shift of zones would show. */
const START = Date.UTC(2016, 10, 1);
const HOUR_MS = 3_600_000;
const FILE_MS = 1_800_000;
const RATE_HZ = 16_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const nameOf = (ms: number): string =>
  `SITE_${iso(ms).slice(0, 19).replace(/[-:]/g, "").replace("T", "_")}.wav`;

/** Bouts, `[from, to)` in seconds of the day: over the border of two recordings, of hours, and a score of three decimals. */
const CALLS: [from: number, to: number, score: number][] = [
  [600, 660, 0.913],
  [1780, 1830, 1],
  [3000, 3012, 0.75],
  [7000, 7204, 0.999404],
  [14_500, 14_530, 0.5],
];

/** Plants scores of hours 0, 1, 2, 4 and 5: 3 has none, 4 only its first half, and 5 no bout. */
async function plant(folder: string): Promise<void> {
  for (const hour of [0, 1, 2, 4, 5]) {
    const hourMs = START + hour * HOUR_MS;
    const files = [hourMs, hourMs + FILE_MS].slice(0, hour === 4 ? 1 : 2);
    const ends = files[files.length - 1] + FILE_MS;
    await plantHour(folder, hourMs, (bin) => {
      const second = hour * 3600 + bin;
      if (hourMs + bin * 1000 >= ends) return NaN;
      return CALLS.find(([from, to]) => second >= from && second < to)?.[2] ?? (bin % 100) / 1e4;
    }, {
      files: files.map((startMs) => ({
        uri: `file:///audio/${nameOf(startMs)}`,
        sizeBytes: 1,
        version: "1",
        start: iso(startMs),
        frames: FILE_MS / 1000 * RATE_HZ,
        sampleRateHz: RATE_HZ,
        channels: 1,
      })),
      segments: files.map((startMs, file): ManifestSegment => ({
        file,
        start: iso(startMs),
        stop: iso(startMs + FILE_MS),
        fileFrame: 0,
      })),
    });
  }
}

/**
 * Writes every file that goes to other people's programs, of made-up scores that are always the same.
 *
 * @param folder Where they are to be: `calls.*`, `presence.csv`, `pamscapes/`, `pars/`,
 * `scores.parquet`; the scores themselves are in `scores/`.
 */
export async function writeExchangeFiles(folder: string): Promise<void> {
  const scores = join(folder, "scores");
  await plant(scores);
  const set = async (): Promise<ScoreSet> => await ScoreSet.open(scores);
  const formats = ["csv", "raven", "audacity", "json", "parquet", "pamscapes"] as const;
  const exporters = await openBoutExporters(join(folder, "calls.csv"), formats);
  try {
    const found = findBouts(await set(), {
      median: 1,
      onHour: ({ manifest }) => {
        for (const exporter of exporters) if (manifest) exporter.onManifest?.(manifest);
      },
    });
    for await (const bout of found) for (const exporter of exporters) await exporter.add(bout);
    for (const exporter of exporters) await exporter.commit(MADE_ABOUT);
  } finally {
    for (const exporter of exporters) await exporter.close();
  }
  await exportScores(await set(), join(folder, "scores.parquet"));

  const hours = await Array.fromAsync(presenceCells(await set(), { median: 1 }));
  const table = await CsvPresence.open(new TimeZone("UTC"), join(folder, "presence.csv"));
  for (const cell of hours) await table.add(cell);
  await table.commit();
  await table.close();
  const position = { latitude: 36.713, longitude: -122.187 };
  await writeTexts(join(folder, "pamscapes"), presenceToPamscapes(hours, { position }));
  const days: PresenceCell[] = await Array.fromAsync(
    presenceCells(await set(), { median: 1, by: "day" }),
  );
  const settings = { ...PARS_SETTINGS, least_effort_share: 0.1, confirmed: [] };
  const metadata = {
    ...PARS_SETTINGS.metadata,
    monitoring_start_datetime: iso(START),
    monitoring_end_datetime: iso(START + 24 * HOUR_MS),
  };
  const text = JSON.stringify({ ...settings, metadata });
  await writeTexts(
    join(folder, "pars"),
    presenceToPars(days, parseParsSettings(text, "pars.json")),
  );
}

async function writeTexts(folder: string, texts: object): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries<string>({ ...texts })) {
    await Deno.writeTextFile(join(folder, name), text);
  }
}
