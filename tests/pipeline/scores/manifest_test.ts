import assert from "node:assert/strict";
import {
  formatManifest,
  isAudioMissing,
  isRecordingLost,
  lostEffort,
  lostWords,
  parseManifest,
  reasonWords,
} from "../../../pipeline/scores/mod.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";

const FORMAT_1 = "megaptera-scores/1";
const AT = { start: "2021-01-01T00:00:00Z", stop: "2021-01-01T00:10:00Z" };
const text = JSON.stringify(plantedManifest(Date.UTC(2021, 0, 1), "0".repeat(64)));
/** The text of a manifest with some fields as given. */
const withFields = (fields: Record<string, unknown>): string =>
  JSON.stringify({ ...JSON.parse(text), ...fields });
const reasonsOf = (format: string, reasons: unknown[]): unknown[] =>
  parseManifest(
    withFields({ format, noEffort: reasons.map((reason) => ({ ...AT, reason })) }),
    "a.json",
  ).noEffort.map(({ reason }) => reason);

Deno.test("the sentences of format 1 are read as the values that they stood for", () => {
  const sentences = [
    "no recording",
    "dead audio",
    "window not whole",
    "missing recording a b.wav",
    "forbidden recording 100%.wav",
    "unreadable recording x recording y.wav",
  ];
  assert.deepEqual(reasonsOf(FORMAT_1, sentences), [
    { kind: "no-recording" },
    { kind: "dead" },
    { kind: "window" },
    { kind: "missing", uri: "a%20b.wav" },
    { kind: "forbidden", uri: "100%25.wav" },
    { kind: "unreadable", uri: "x%20recording%20y.wav" },
  ]);
  const { noEffort } = parseManifest(
    withFields({ format: FORMAT_1, noEffort: sentences.map((reason) => ({ ...AT, reason })) }),
    "a.json",
  );
  assert.deepEqual(noEffort.map(({ reason }) => reasonWords(reason)), sentences);
});

Deno.test("unknown fields are passed over; an unknown format, reason or sentence is refused", () => {
  const more = withFields({
    weather: "calm",
    noEffort: [{ ...AT, reason: { kind: "dead", by: 1 } }],
  });
  const manifest = parseManifest(more, "a.json");
  assert.deepEqual(manifest.noEffort[0].reason, { kind: "dead" });
  assert.ok(!formatManifest(manifest).includes("weather"));
  assert.throws(
    () => parseManifest(withFields({ format: "megaptera-scores/3" }), "a.json"),
    /"format" is wrong: it is "megaptera-scores\/3", and this release reads .*\/1 and .*\/2/,
  );
  for (const text of ["null", "[]", "7", '"x"', "{}", `{"format":"${FORMAT_1}","noEffort":7}`]) {
    assert.throws(
      () => parseManifest(text, "a.json"),
      /^MegapteraError: Cannot read the manifest a/,
    );
  }
  assert.throws(
    () => reasonsOf("megaptera-scores/2", [{ kind: "tide" }]),
    /noEffort.0.reason.kind/,
  );
  assert.throws(() => reasonsOf("megaptera-scores/2", ["no recording"]), /noEffort.0.reason/);
  assert.throws(() => reasonsOf(FORMAT_1, ["bad tide"]), /noEffort.0.reason/);
});

Deno.test("lost effort is added up by kind, and only lost audio is missing audio", () => {
  const span = (
    kind: "dead" | "window" | "missing" | "no-recording" | "not-finite",
    uri?: string,
  ) => ({
    ...AT,
    reason: uri === undefined ? { kind } : { kind, uri },
  });
  const spans = [span("dead"), span("missing", "a"), span("missing", "b"), span("missing", "a")];
  assert.deepEqual(
    lostEffort(spans).map((lost) => [lost.seconds, lostWords(lost)]),
    [[1800, "missing recording (2 files)"], [600, "dead audio"]],
  );
  assert.ok(!isAudioMissing([span("dead"), span("window")]));
  assert.ok(isAudioMissing([span("no-recording")]) && !isRecordingLost([span("no-recording")]));
  assert.ok(isRecordingLost([span("missing", "a")]) && isRecordingLost([span("not-finite", "a")]));
});
