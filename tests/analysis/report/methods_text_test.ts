import assert from "node:assert/strict";
import { citations, methodsText } from "../../../analysis/report/methods_text.ts";
import { MARS } from "../../helpers/simulated_presence.ts";

const GOOGLE = "google/humpback_whale/1";
const [WEIGHTS, OTHERS] = ["a".repeat(64), "b".repeat(64)];
const ALLEN = /^Allen, A\. N\., et al\. \(2021\)/;

/** What the methods say of the detector, and whether Allen and others are cited. */
function said(detectors: Record<string, string[]>): { text: string; isCited: boolean } {
  const map = new Map(Object.entries(detectors).map(([name, all]) => [name, new Set(all)]));
  const [first] = methodsText({
    settings: { threshold: 0.5, off: 0.5, median: 25, gap: 2, min: 1 },
    detectors: map,
    recipe: "exact",
    fingerprints: ["f".repeat(64)],
    versions: [],
    windowSeconds: 3.9124,
    place: { ...MARS, title: "MARS" },
    from: "2021-01-01",
    to: "2021-02-01",
    effortHours: 700,
    coverage: 0.9,
  });
  const text = first.slice(first.indexOf("Megaptera"));
  return { text, isCited: citations(map).some((one) => ALLEN.test(one)) };
}

Deno.test("methods cite the published detector, and say that its checksum is not known", () => {
  const { text, isCited } = said({ [GOOGLE]: [WEIGHTS] });
  assert.match(
    text,
    /google\/humpback_whale\/1 \(Allen et al\. 2021\) \(recipe exact, .*\); structure verified, publisher's checksum not known to this release \(SHA-256 of the weights a{64}\)\.$/,
  );
  assert.ok(isCited);
});

Deno.test("the published detector is told from others beside it, and all its weights are named", () => {
  const { text, isCited } = said({ demo: [OTHERS], [GOOGLE]: [WEIGHTS, OTHERS] });
  assert.match(text, /was "demo" and google\/humpback_whale\/1 \(Allen et al\. 2021\) /);
  assert.match(text, /weights a{64}\); structure verified, .* \(SHA-256 of the weights b{64}\)\.$/);
  assert.ok(isCited);
});

Deno.test("other detectors and simulated scores cite nobody, and claim no structure", () => {
  for (
    const names of [{ demo: [WEIGHTS] }, { "google": [WEIGHTS] }, { simulated: [WEIGHTS] }, {}]
  ) {
    const { text, isCited } = said(names as Record<string, string[]>);
    assert.ok(!isCited && !/Allen|structure verified/.test(text), text);
  }
  assert.match(said({ simulated: [WEIGHTS] }).text, /The scores are simulated/);
  assert.match(said({}).text, /The detector was of unknown origin \(/);
});
