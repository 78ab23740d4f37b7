import assert from "node:assert/strict";
import {
  formatManifest,
  formatScoreCsv,
  parseManifest,
  parseScoreBytes,
  parseScoreCsv,
} from "../../../pipeline/scores/mod.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";
import type { SeededRandom } from "../../helpers/seeded_random.ts";
import {
  type Bytes,
  bytesOf,
  damageAsText,
  type FuzzTarget,
  orRefused,
  textOf,
} from "../target.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const SCORES = Float64Array.from({ length: 3600 }, (_, i) => i % 7 === 0 ? NaN : i % 1000 / 1000);
const CSV = formatScoreCsv(HOUR, SCORES);
/** Where most damage is done: as good as anywhere, and found out soon. */
const EARLY_BYTES = 400;
const SCRAPS = [...'\n\r,.0123456789eE+-TZ: \0x\t"', "\ufeff", "1e9", "\r\n", ",,"].map(bytesOf);

/** Replaces, takes out or puts in a few bytes, most of them early. */
function damageCsv(whole: Bytes, random: SeededRandom): Bytes {
  let bytes = whole;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(random.below(20) === 0 ? bytes.length : EARLY_BYTES);
    const scrap = random.pick(SCRAPS);
    const rest = bytes.subarray(Math.min(bytes.length, at + random.pick([0, 0, 1, 1, 2, 20])));
    const next = new Uint8Array(Math.min(at, bytes.length) + scrap.length + rest.length);
    next.set(bytes.subarray(0, at));
    next.set(scrap, Math.min(at, bytes.length));
    next.set(rest, Math.min(at, bytes.length) + scrap.length);
    bytes = next;
  }
  return random.below(50) === 0 ? bytes.slice(0, random.below(bytes.length)) : bytes;
}

/** Hours of scores: of this project, of the earlier pipeline, with scores as others write them. */
export const csv: FuzzTarget = {
  wholes: [
    CSV,
    CSV.replaceAll("T", " ").replaceAll("Z,", ",").replaceAll("\n", "\r\n"),
    CSV.trimEnd(),
    CSV.replaceAll(",0.001000\n", ",1e-3\n"),
  ].map(bytesOf),
  damage: damageCsv,
  read: orRefused((bytes) => parseScoreBytes(bytes, "a.csv"), ({ hourMs, scores }, bytes) => {
    assert.equal(hourMs % 3_600_000, 0);
    assert.equal(scores.length, 3600);
    for (const score of scores) assert.ok(Number.isNaN(score) || score >= 0 && score <= 1);
    // The strict reader says the same of it.
    assert.deepEqual(parseScoreCsv(textOf(bytes), "a.csv"), { hourMs, scores });
    // Times are checked one by one, so that damage can move no score to another second.
    let changed = 0;
    for (const [i, score] of scores.entries()) if (!Object.is(score, SCORES[i])) changed++;
    assert.ok(changed <= 12, `${changed} scores changed`);
  }),
};

/** Manifests of both formats. */
export const manifest: FuzzTarget = {
  wholes: ["megaptera-scores/1", "megaptera-scores/2"].map((format) => {
    const start = "2021-01-01T09:30:00.250Z";
    const file = { uri: "file:///a.wav", sizeBytes: 3244, version: start, start, frames: 1600 };
    const lost = { start: "2021-01-01T09:00:00Z", stop: "2021-01-01T10:00:00Z" };
    const reason = format.endsWith("1") ? "missing recording b.wav" : { kind: "dead" };
    const whole = {
      ...plantedManifest(HOUR, CSV, { effortSeconds: 0, class: "Mn" }),
      format,
      files: [{ ...file, sampleRateHz: 16_000, channels: 1 }],
      segments: [{ file: 0, start, stop: "2021-01-01T09:30:00.350Z", fileFrame: 0 }],
      notes: ["The header of a.wav declares 0 bytes of audio: 3200 bytes are there."],
      noEffort: [{ ...lost, reason }],
    };
    return bytesOf(JSON.stringify(whole, undefined, 2));
  }),
  damage: damageAsText,
  read: orRefused((bytes) => parseManifest(textOf(bytes), "a.json"), (manifest) => {
    assert.deepEqual(parseManifest(formatManifest(manifest), "a.json"), manifest);
    for (const instant of [manifest.hour, ...manifest.segments.map(({ start }) => start)]) {
      assert.ok(!Number.isNaN(Date.parse(instant)), instant);
    }
  }),
};
