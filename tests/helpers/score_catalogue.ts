import { RECIPES } from "../../pipeline/detector/mod.ts";
import { type Manifest, parseScoreCsv, ScoreStore } from "../../pipeline/scores/mod.ts";
import {
  type HourOutcome,
  type HoursOfDay,
  type RangeOptions,
  scoreRange,
  wholeCatalogue,
} from "../../pipeline/scoring/mod.ts";
import type { Catalogue } from "../../pipeline/timeline/mod.ts";
import { fakeDetector } from "./fake_detector.ts";

/** An hour as it was written. */
export interface Scored {
  scores: Float64Array;
  manifest: Manifest;
}

/** What may differ from the usual. */
export type ScoreOptions = Partial<RangeOptions> & { store?: ScoreStore; hoursOfDay?: HoursOfDay };

/** Scores a catalogue into a fresh folder (or a given store) and reads the hours back. */
export async function score(
  catalogue: Catalogue,
  { store: given, hoursOfDay, ...options }: ScoreOptions = {},
): Promise<{ hours: Map<number, Scored>; outcomes: HourOutcome[] }> {
  const temporary = await Deno.makeTempDir();
  const store = given ?? new ScoreStore(temporary);
  try {
    const outcomes = await scoreRange({
      ...wholeCatalogue(catalogue, hoursOfDay),
      detectors: [fakeDetector()],
      recipe: RECIPES.exact,
      gain: 1,
      channel: 0,
      stores: [store],
      ...options,
    });
    const hours = new Map<number, Scored>();
    for (const { hourMs } of outcomes) {
      const csv = await store.readCsv(hourMs);
      const manifest = await store.readManifest(hourMs);
      if (csv === undefined || !manifest) continue;
      hours.set(hourMs, { scores: parseScoreCsv(csv, "test").scores, manifest });
    }
    return { hours, outcomes };
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}
