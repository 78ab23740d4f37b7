import assert from "node:assert/strict";
import { checkYears } from "../../../commands/score/what_to_score.ts";
import type { AbsentRecording } from "../../../pipeline/timeline/mod.ts";
import { memoryCatalogue } from "../../helpers/memory_catalogue.ts";

const file = (year: number) => ({
  name: `${year}.wav`,
  startMs: Date.UTC(year, 0, 1),
  sampleRateHz: 16_000,
  samples: new Float32Array(16_000),
});

Deno.test("recordings of a clock that was never set are refused beside others, and named", () => {
  const lost: AbsentRecording = {
    uri: "memory:///1970.wav",
    startMs: 0,
    kind: "unreadable",
    reason: "It is.",
  };
  const message = /^Cannot score 1970\.wav and 2021\.wav together as 51 years without a recording/;
  assert.throws(() => checkYears(memoryCatalogue([file(2021), file(1970)])), {
    kind: "data",
    message,
  });
  const catalogue = memoryCatalogue([file(2021)]);
  assert.throws(() => checkYears({ ...catalogue, absent: [lost] }), { message });
  checkYears(catalogue);
});

Deno.test("decades of recordings with no gap of many years are taken together", () =>
  checkYears(memoryCatalogue([2001, 2004, 2008, 2012, 2016, 2020].map(file))));
