import assert from "node:assert/strict";
import { alike } from "../../batch/log_tail.ts";

const line = (fields: Record<string, unknown>): string => JSON.stringify(fields);

Deno.test("shares that failed alike are one cause, by what their workers said, else by their end", () => {
  const corrupt = (hour: number) =>
    line({ event: "hour", state: "failed", notes: [`Cannot score 0${hour}.wav as it is bad.`] });
  const groups = alike([
    { share: 7, exitCode: 137, reason: "OutOfMemoryError: Container killed", lines: ["{cut"] },
    { share: 1, exitCode: 65, lines: [line({ event: "start" }), corrupt(1), corrupt(2)] },
    { share: 4, exitCode: 65, reason: "Essential container in task exited", lines: [corrupt(8)] },
    { share: 5, exitCode: 78, lines: [line({ event: "fault", message: "another fingerprint" })] },
    { share: 9, lines: [] },
    { share: 2, reason: "Host EC2 (instance i-0ab1) terminated.", lines: [] },
    { share: 3, reason: "Host EC2 (instance i-7fcd9e) terminated.", lines: [] },
  ]);
  assert.deepEqual(groups, [
    { cause: "Cannot score 01.wav as it is bad.", shares: [1, 4] },
    { cause: "Host EC2 (instance i-0ab1) terminated.", shares: [2, 3] },
    { cause: "OutOfMemoryError: Container killed", shares: [7] },
    { cause: "another fingerprint", shares: [5] },
    { cause: "it left no exit code", shares: [9] },
  ]);
});
