import assert from "node:assert/strict";
import { printable } from "../../commands/print.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import {
  formatManifest,
  formatScoreCsv,
  type Manifest,
  parseManifest,
  parseScoreCsv,
} from "../../pipeline/scoring/mod.ts";
import { damageText } from "../helpers/damage_text.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";

const CSV_RUNS = 5_000;
const MANIFEST_RUNS = 20_000;
const HOUR = Date.UTC(2021, 0, 1, 9);

/** Runs what may fail with a fault of one sentence, and with nothing else. */
function orFault<T>(seed: number, parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    const shown = `Seed ${seed}: ${error instanceof Error ? error.stack : error}`;
    assert.ok(error instanceof MegapteraError && error.kind === "data", shown);
    assert.match(error.message, /^Cannot read [^\n]*\.$/, shown);
    assert.ok(error.message.length < 400, shown);
    return undefined;
  }
}

/** How many damaged texts were refused and how many were taken. */
function fuzz<T>(
  whole: string,
  runs: number,
  parse: (text: string) => T,
  check: (value: T) => void,
): { refused: number; taken: number } {
  const counts = { refused: 0, taken: 0 };
  for (let seed = 1; seed <= runs; seed++) {
    const text = damageText(whole, new SeededRandom(seed));
    const value = orFault(seed, () => parse(text));
    counts[value === undefined ? "refused" : "taken"]++;
    try {
      if (value !== undefined) check(value);
    } catch (cause) {
      throw new Error(`Seed ${seed}`, { cause });
    }
  }
  return counts;
}

Deno.test(`${CSV_RUNS} damaged hours end in a fault or in an hour of scores`, () => {
  const scores = Float64Array.from({ length: 3600 }, (_, i) => i % 7 === 0 ? NaN : i % 1000 / 1000);
  const text = formatScoreCsv(HOUR, scores);
  let same = 0;
  const counts = fuzz(text, CSV_RUNS, (text) => parseScoreCsv(text, "a.csv"), (hour) => {
    assert.equal(hour.hourMs % 3_600_000, 0);
    assert.equal(hour.scores.length, 3600);
    for (const score of hour.scores) assert.ok(Number.isNaN(score) || score >= 0 && score <= 1);
    // times are checked one by one, so that damage can move no score to another second
    const changed = hour.scores.reduce((sum, s, i) => sum + (Object.is(s, scores[i]) ? 0 : 1), 0);
    assert.ok(changed <= 6, `${changed} scores changed`);
    assert.equal(formatScoreCsv(hour.hourMs, hour.scores).length > 0, true);
    if (changed === 0) same++;
  });
  assert.ok(counts.refused > CSV_RUNS / 2 && same > 0, JSON.stringify({ ...counts, same }));
});

Deno.test("what a file holds can't write to the terminal through a fault's sentence", () => {
  const text = formatScoreCsv(HOUR, new Float64Array(3600));
  const manifest = formatManifest(MANIFEST);
  const faults: (() => unknown)[] = [];
  for (const bad of ["\rx", "\0", "\x1b[2J", "\x9b2J"]) {
    faults.push(() => parseScoreCsv(text.replace("timestamp", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("T09:00:07Z", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("0.000000", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("09:00:07Z,", `09:00:07Z${bad},`), "a.csv"));
    const escaped = JSON.stringify(bad).slice(1, -1);
    faults.push(() => parseManifest(manifest.replace('"gain"', `"${escaped}"`), "a.json"));
    faults.push(() => parseManifest(manifest.replace("utc", escaped), "a.json"));
  }
  for (const fault of faults) {
    assert.throws(fault, (error) => {
      assert.ok(error instanceof MegapteraError, String(error));
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(printable(error.message), /[\x00-\x1f\x7f-\x9f]/);
      return true;
    });
  }
});

const SHA = "0123456789abcdef".repeat(4);
const MANIFEST: Manifest = {
  format: "megaptera-scores/2",
  hour: "2021-01-01T09:00:00Z",
  detector: {
    name: "demo",
    notice: "not for science",
    weightsSha256: SHA,
    windowSeconds: 3.9124,
    hopSeconds: 1,
    classNames: ["Mn"],
  },
  fingerprint: SHA,
  recipe: "exact",
  clock: "utc",
  gain: 1,
  channel: 0,
  files: [{
    uri: "file:///a.wav",
    sizeBytes: 3244,
    version: "2021-01-02T00:00:00.000Z",
    start: "2021-01-01T09:30:00.250Z",
    frames: 1600,
    sampleRateHz: 16_000,
    channels: 1,
  }],
  segments: [{
    file: 0,
    start: "2021-01-01T09:30:00.250Z",
    stop: "2021-01-01T09:30:00.350Z",
    fileFrame: 0,
  }],
  notes: ["The header of a.wav declares 0 bytes of audio: 3200 bytes are there, which are read."],
  effortSeconds: 0,
  noEffort: [
    {
      start: "2021-01-01T09:00:00Z",
      stop: "2021-01-01T10:00:00Z",
      reason: { kind: "no-recording" },
    },
  ],
  csv: { name: "20210101_09.csv", sha256: SHA },
  run: {
    megaptera: "0.1.0",
    engine: "onnxruntime 1.30.0",
    deno: "2.9.6",
    machine: "linux x86_64, 2 cores",
    finished: "2021-02-01T00:00:00.000Z",
    seconds: 1.5,
  },
};

Deno.test(`${MANIFEST_RUNS} damaged manifests end in a fault or in a manifest`, () => {
  const text = formatManifest(MANIFEST);
  assert.deepEqual(parseManifest(text, "a.json"), MANIFEST);
  const counts = fuzz(text, MANIFEST_RUNS, (text) => parseManifest(text, "a.json"), (manifest) => {
    assert.deepEqual(parseManifest(formatManifest(manifest), "a.json"), manifest);
    for (const instant of [manifest.hour, ...manifest.segments.map(({ start }) => start)]) {
      assert.ok(!Number.isNaN(Date.parse(instant)), instant);
    }
  });
  assert.ok(Math.min(counts.refused, counts.taken) > MANIFEST_RUNS / 100, JSON.stringify(counts));
});
