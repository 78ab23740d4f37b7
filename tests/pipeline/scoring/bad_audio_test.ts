import assert from "node:assert/strict";
import type { Recording } from "../../../pipeline/audio/mod.ts";
import { unreadable } from "../../../pipeline/audio/recording.ts";
import { reasonWords } from "../../../pipeline/scores/mod.ts";
import type { Catalogue } from "../../../pipeline/timeline/mod.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2021, 0, 1, 10);
const RATE_HZ = 16_000;

/** Recordings of 20 s that follow each other from 20 s before an hour on; some are bad inside. */
function recordings(bad: readonly string[]): Catalogue {
  const files = ["a", "b", "c", "d"].map((name, i) => ({
    name: `${name}.wav`,
    startMs: START_MS + (i - 1) * 20_000,
    sampleRateHz: RATE_HZ,
    samples: noise(20 * RATE_HZ, i + 1),
  }));
  const catalogue = memoryCatalogue(files);
  return {
    ...catalogue,
    open: async (index): Promise<Recording> => {
      const recording = await catalogue.open(index);
      if (!bad.includes(files[index].name)) return recording;
      const fault = unreadable(recording.source, "its audio is damaged about second 7");
      return { ...recording, read: () => Promise.reject(fault) };
    },
  };
}

Deno.test("a recording whose audio is bad is a gap of its hour, and others in it are scored", async () => {
  const whole = (await score(recordings([]))).hours.get(START_MS)!;
  const { hours, outcomes } = await score(recordings(["c.wav"]));
  assert.deepEqual(outcomes.map(({ state }) => state), ["scored", "scored"]);
  const { scores, manifest } = hours.get(START_MS)!;
  assert.deepEqual(
    manifest.noEffort.map(({ start, reason }) => [start.slice(14, 19), reasonWords(reason)]),
    [
      ["00:17", "window not whole"],
      ["00:20", "unreadable recording c.wav"],
      ["00:40", "window not whole"], // its first frame begins 10 ms before
      ["00:57", "window not whole"],
      ["01:00", "no recording"],
    ],
  );
  assert.deepEqual(manifest.notes, ["Cannot read c.wav as its audio is damaged about second 7."]);
  // From the next whole second on, as far as filters reach, d is scored as before.
  assert.deepEqual(scores.slice(0, 17), whole.scores.slice(0, 17));
  assert.deepEqual(scores.slice(41, 57), whole.scores.slice(41, 57));
  assert.deepEqual(manifest.files.map(({ uri }) => uri), [
    "memory:///a.wav",
    "memory:///b.wav",
    "memory:///d.wav",
  ]);
});

Deno.test("an hour in which nothing but bad audio was recorded fails by itself", async () => {
  const { outcomes } = await score(recordings(["a.wav"]));
  // The next hour hears a's last samples through its filters, and does without them.
  assert.deepEqual(
    outcomes.map(({ hourMs, state }) => [(hourMs - START_MS) / HOUR_MS, state]),
    [[-1, "failed"], [0, "scored"]],
  );
  assert.match(outcomes[0].notes[0], /was not scored: Cannot read a\.wav/);
  const all = await score(recordings(["b.wav", "c.wav", "d.wav"]));
  assert.equal(all.outcomes.at(-1)?.state, "failed");
});
