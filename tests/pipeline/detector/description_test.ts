import assert from "node:assert/strict";
import { parseDescription } from "../../../pipeline/detector/description.ts";
import { describe } from "./write_detector.ts";

const parse = (value: unknown) => parseDescription(JSON.stringify(value), "theirs.json");

Deno.test("a window may be said in samples or in seconds", () => {
  assert.equal(parse(describe()).windowSamples, 32_000);
  const bySamples = describe({ windowSamples: 32_000, windowSeconds: undefined });
  assert.deepEqual(parse(bySamples), parse(describe()));
  assert.deepEqual(parse(describe({ hopSeconds: 1 })), parse(describe()));
  // 3.9124 s at 10 kHz is 39,124 samples, though not in binary fractions
  const family = describe({ sampleRateHz: 10_000, windowSeconds: 3.9124 });
  assert.equal(parse(family).windowSamples, 39_124);
});

const pcen = { alpha: 0.98, delta: 2, root: 2, smoothing: 0.025 };
const mel = { sampleRateHz: 10_000, windowSamples: 39_124, windowSeconds: undefined };
const wrongs: [what: string, changes: Record<string, unknown>, pattern: RegExp][] = [
  ["another format", { format: "megaptera-detector/2" }, /field "format" is wrong/],
  ["a field it does not know", { gain: 3 }, /gain/],
  ["the published detector's name", { name: "google/humpback_whale/1" }, /its "name" is the publ/],
  ["no classes", { classNames: [] }, /field "classNames"/],
  ["two classes of one name", { classNames: ["a", "a"] }, /no two classes have one name/],
  ["another hop", { hopSeconds: 0.5 }, /field "hopSeconds" is wrong/],
  ["no window", { windowSeconds: undefined }, /one of "windowSeconds" and "windowSamples"/],
  ["two windows", { windowSamples: 9 }, /one of "windowSeconds" and "windowSamples"/],
  ["a window of parts of samples", { windowSeconds: 1.00001 }, /whole samples.*16000\.16/],
  ["a window of a day", { windowSeconds: 86_400 }, /"windowSeconds" must be 1 to 16777216/],
  ["a window of a minute", { windowSeconds: 60 }, /a window lasts 30 s at most: it lasts 60 s/],
  ["a rate that tells little", { sampleRateHz: 10 }, /field "sampleRateHz"/],
  ["a rate of parts", { sampleRateHz: 44_100.5 }, /field "sampleRateHz"/],
  ["an unknown layout", { input: { kind: "waveform", layout: "[samples]" } }, /"input.layout"/],
  ["an unknown input", { input: { kind: "mfcc" } }, /field "input/],
  ["an unknown output", { output: { kind: "score" } }, /field "output.kind"/],
  ["mel-pcen without constants", { ...mel, input: { kind: "mel-pcen" } }, /field "input.pcen"/],
  ["mel-pcen at another rate", { input: { kind: "mel-pcen", pcen } }, /39124 samples at 10000 Hz/],
  [
    "a vector of the wrong length",
    { ...mel, input: { kind: "mel-pcen", pcen: { ...pcen, root: [1, 2] } } },
    /field "input.pcen.root"/,
  ],
];
for (const [what, changes, pattern] of wrongs) {
  Deno.test(`a description with ${what} is refused in a sentence`, () => {
    assert.throws(() => parse(describe(changes)), (error: Error & { kind?: string }) => {
      assert.equal(error.kind, "data");
      assert.match(error.message, pattern);
      assert.match(error.message, /theirs\.json/);
      return true;
    });
  });
}

Deno.test("a description may begin with a byte order mark, as Windows' editors write it", () => {
  const text = `\ufeff${JSON.stringify(describe())}`;
  assert.deepEqual(parseDescription(text, "theirs.json"), parse(describe()));
});

Deno.test("a description that is not JSON is refused", () =>
  assert.throws(() => parseDescription("{", "theirs.json"), /theirs\.json as it is not JSON/));
