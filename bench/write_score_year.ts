import { join } from "node:path";
import { formatScoreCsv, HOUR_BINS, HOUR_MS, hourPath } from "../pipeline/scoring/mod.ts";

/**
 * Writes hourly score files: song by night in winter, noise else, and now and then no effort.
 *
 * @returns How many bytes.
 */
export async function writeScoreYear(folder: string, hours: number): Promise<number> {
  const startMs = Date.UTC(2021, 0, 1);
  let state = 1;
  const random = (): number => (state = Math.imul(state, 1_103_515_245) + 12_345 >>> 0) / 2 ** 32;
  let [bytes, song] = [0, false];
  for (let hour = 0; hour < hours; hour++) {
    const hourMs = startMs + hour * HOUR_MS;
    const path = join(folder, `${hourPath(hourMs)}.csv`);
    if (hour === 0 || new Date(hourMs).getUTCDate() === 1) {
      await Deno.mkdir(join(path, ".."), { recursive: true });
    }
    const season = 0.5 + 0.5 * Math.cos((2 * Math.PI * hour) / 8766);
    const scores = new Float64Array(HOUR_BINS);
    for (let bin = 0; bin < HOUR_BINS; bin++) {
      if (random() < 1 / 60) song = random() < 0.6 * season;
      scores[bin] = random() < 2e-4 ? NaN : (song ? 0.4 : 0) + 0.6 * random() ** 2;
    }
    const text = formatScoreCsv(hourMs, scores);
    bytes += text.length;
    await Deno.writeTextFile(path, text);
  }
  return bytes;
}
