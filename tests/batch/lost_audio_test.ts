import assert from "node:assert/strict";
import { changedSince, type LostHour } from "../../batch/verify_run.ts";
import type { NoEffortReason } from "../../pipeline/scores/mod.ts";
import { filesArchive } from "../../pipeline/timeline/mod.ts";
import { memoryCatalogue } from "../helpers/memory_catalogue.ts";

const START_MS = Date.UTC(2021, 0, 1);
const HOUR_MS = 3_600_000;

function lost(hour: number, state: LostHour["state"], reason: NoEffortReason): LostHour {
  const noEffort = [{ start: "2021-01-01T00:00:00Z", stop: "2021-01-01T01:00:00Z", reason }];
  const hourMs = START_MS + hour * HOUR_MS;
  return { hourMs, share: 0, state, reason: "", isOfLost: true, noEffort, notes: [] };
}

Deno.test("an hour is offered again where what it lacked can be had now, or is another, and nowhere else", async () => {
  // What can be opened now, all of version 1.
  const archive = filesArchive(memoryCatalogue([0, 1, 2, 3].map((hour) => ({
    name: `${hour}.wav`,
    startMs: START_MS + hour * HOUR_MS,
    sampleRateHz: 100,
    samples: new Float32Array(1000),
  }))));
  const uri = (hour: number): string => `memory:///${hour}.wav`;
  const hours = {
    "its header is mended": lost(0, "no audio", { kind: "unreadable", uri: uri(0) }),
    "it came late": lost(1, "no audio", { kind: "missing", uri: uri(1) }),
    "it may be read now": lost(1, "whole", { kind: "forbidden", uri: uri(1) }),
    "a recording that nobody knew of came": lost(2, "no audio", { kind: "no-recording" }),
    "its bad audio is another": lost(3, "whole", {
      kind: "unreadable",
      uri: uri(3),
      version: "0",
    }),
  };
  const others = [
    lost(3, "whole", { kind: "unreadable", uri: uri(3), version: "1" }),
    lost(3, "no audio", { kind: "unreadable", uri: uri(3), version: "1" }),
    lost(4, "no audio", { kind: "no-recording" }),
    lost(4, "no audio", { kind: "missing", uri: uri(4) }),
    // What is not named has its place within the hour: a duty cycle is no loss.
    lost(2, "whole", { kind: "no-recording" }),
  ];
  const found = await changedSince(archive, [...Object.values(hours), ...others]);
  assert.deepEqual(found, Object.values(hours));
});
