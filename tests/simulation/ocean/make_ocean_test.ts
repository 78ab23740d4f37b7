import assert from "node:assert/strict";
import fc from "fast-check";
import {
  makeOcean,
  type Ocean,
  type OceanEvent,
  planOcean,
  type SoundKind,
  type ToneForm,
} from "../../../simulation/ocean/mod.ts";

const KINDS: SoundKind[] = ["song", "ship", "rain", "tone", "clicks", "rumble", "knocks"];
const FORMS: ToneForm[] = ["steady", "drifting", "harmonic", "pulsed"];

function event(kind: SoundKind, form: ToneForm = "steady"): OceanEvent {
  const span = { seed: 77, startSeconds: 6, stopSeconds: 18, levelDb: 12 };
  return kind === "tone" ? { ...span, kind, form } : { ...span, kind };
}

function ocean(events: OceanEvent[], sampleRateHz = 16_000): Ocean {
  return makeOcean({ seed: 3, durationSeconds: 24, sampleRateHz, events });
}

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

Deno.test("an ocean sounds the same however it is cut and whatever is asked for first", () => {
  const durationSeconds = 60;
  const plan = {
    ...planOcean({ seed: 12, durationSeconds }),
    sampleRateHz: 16_000,
    events: [...KINDS.map((kind) => event(kind)), ...FORMS.map((form) => event("tone", form))],
  };
  const whole = makeOcean(plan).render(0, durationSeconds);
  const cut = makeOcean(plan);
  const spans = fc.tuple(
    fc.double({ min: 0, max: 50, noNaN: true }),
    fc.double({ min: 0, max: 10, noNaN: true }),
  );
  fc.assert(
    fc.property(spans, ([start, seconds]) => {
      const part = cut.render(start, seconds);
      const first = Math.round(start * 16_000);
      assert.deepEqual(part, whole.slice(first, first + part.length));
    }),
    { numRuns: 20 },
  );
});

for (const kind of KINDS) {
  for (const form of kind === "tone" ? FORMS : FORMS.slice(0, 1)) {
    Deno.test(`${kind === "tone" ? `a ${form} tone` : kind} is heard where the truth says`, () => {
      const [quiet, loud] = [ocean([]), ocean([event(kind, form)])];
      const [{ startSeconds, stopSeconds }] = loud.truth;
      assert.equal(loud.truth[0].kind, kind);
      assert.equal(startSeconds, 6);
      assert.ok(stopSeconds > 12 && stopSeconds <= 18);
      const difference = (start: number, stop: number): number => {
        const without = quiet.render(start, stop - start);
        return rms(loud.render(start, stop - start).map((x, i) => x - without[i]));
      };
      assert.ok(difference(startSeconds, stopSeconds) > 5e-5);
      assert.equal(difference(0, startSeconds - 0.01), 0);
      assert.ok(difference(stopSeconds + 1.1, 24) < 1e-9); // after the last echo
    });
  }
}

Deno.test("an ocean is as loud as real recordings, at any sample rate", () => {
  for (const sampleRateHz of [10_000, 16_000, 48_000]) {
    const samples = ocean([], sampleRateHz).render(0, 24);
    assert.equal(samples.length, 24 * sampleRateHz);
    assert.ok(Math.abs(rms(samples) - 0.003) < 0.001);
    assert.ok(samples.every((x) => Math.abs(x) < 0.03));
  }
});

Deno.test("an ocean that is too loud is cut off within [−1, 1)", () => {
  const samples = ocean([{ ...event("rumble"), levelDb: 80 }]).render(0, 24);
  assert.ok(samples.every((x) => x >= -1 && x < 1));
  assert.ok(samples.includes(-1));
});

Deno.test("song stops where its last unit ends", () => {
  const { truth } = ocean([event("song")]);
  assert.ok(truth[0].stopSeconds < 18);
});

Deno.test("makeOcean() refuses events outside the ocean and song shorter than a unit", () => {
  assert.throws(() => ocean([{ ...event("ship"), stopSeconds: 25 }]), /6 to 25 s.*lasts 24 s/);
  assert.throws(() => ocean([{ ...event("ship"), startSeconds: NaN }]), RangeError);
  assert.throws(() => ocean([{ ...event("song"), stopSeconds: 6.1 }]), /seed 77 lasts longer/);
});

Deno.test("render() refuses a part outside the ocean", () => {
  assert.throws(() => ocean([]).render(23, 2), /2 s from second 23.*lasts 24 s/);
  assert.throws(() => ocean([]).render(-1, 2), RangeError);
});
