import { join } from "node:path";
import { RECIPES } from "../../pipeline/detector/mod.ts";
import { DiskStorage } from "../../pipeline/places/mod.ts";
import { isTemporary } from "../../pipeline/places/write_whole.ts";
import { ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { failingFiles, type Operations } from "./failing_operations.ts";
import { fakeWaveformDetector } from "./fake_waveform_detector.ts";
import { memoryCatalogue, noise } from "./memory_catalogue.ts";
import { filesBelow } from "./temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
/** The hours that are scored. */
export const HOURS = [HOUR, HOUR + 3_600_000];
const RATE_HZ = 1000;
const RECORDINGS = HOURS.map((startMs, hour) => ({
  name: `${hour}.wav`,
  startMs,
  sampleRateHz: RATE_HZ,
  samples: noise(3 * RATE_HZ, hour + 1),
}));

/** Scores two tiny hours into a folder with one gain. */
export async function scoreTiny(
  out: string,
  gain: number,
  operations: Operations,
  force: boolean,
): Promise<unknown> {
  using files = failingFiles(operations);
  const detector = fakeWaveformDetector({
    sampleRateHz: RATE_HZ,
    windowSamples: RATE_HZ,
    score: (window) => [Math.min(1, Math.abs(window[0]) * 10)],
  });
  try {
    await scoreRange({
      ...wholeCatalogue(memoryCatalogue(RECORDINGS)),
      detectors: [detector],
      recipe: RECIPES.exact,
      gain,
      channel: 0,
      stores: [new ScoreStore(new DiskStorage(out, files))],
      clock: {
        nowMs: () => HOUR + operations.count * 1000,
        sleep: (ms) => operations.do("sleep", () => ageClaims(out, ms)),
      },
      force,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Lets time pass for the places that are claimed by empty files. */
async function ageClaims(out: string, ms: number): Promise<void> {
  for (const name of await filesBelow(out)) {
    const path = join(out, name);
    const info = await Deno.stat(path).catch(() => undefined);
    if (info?.size !== 0 || isTemporary(path)) continue;
    const earlier = new Date(info.mtime!.getTime() - ms);
    await Deno.utime(path, earlier, earlier);
  }
}
