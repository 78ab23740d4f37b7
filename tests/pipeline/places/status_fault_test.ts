import assert from "node:assert/strict";
import { statusFault } from "../../../pipeline/places/remote_fault.ts";

Deno.test("each status is worth another try, or says what is wrong with the file", () => {
  const reasons = Object.fromEntries(
    [400, 401, 403, 404, 405, 408, 410, 412, 416, 425, 429, 500, 501, 502, 503, 504, 505]
      .map((status) => [status, statusFault(status, "so").reason]),
  );
  const passing = [408, 425, 429, 500, 502, 503, 504].map((status) => [status, "passing"]);
  assert.deepEqual(reasons, {
    ...Object.fromEntries(passing),
    400: "wrong answer",
    401: "forbidden",
    403: "forbidden",
    404: "missing",
    405: "wrong answer",
    410: "missing",
    412: "changed",
    416: "range",
    501: "wrong answer",
    505: "wrong answer",
  });
  // A refusal for good is not asked for again.
  assert.equal(statusFault(400, "so").mostTries, 1);
});

Deno.test("Retry-After is understood in seconds and as a date, and nothing else", () => {
  const wait = (header: string): number | undefined => statusFault(503, "", header).retryAfterMs;
  assert.equal(wait("17"), 17_000);
  const ms = wait(new Date(Date.now() + 60_000).toUTCString())!;
  assert(ms > 50_000 && ms <= 60_000);
  for (const header of ["", "0", "-5", "soon", "Fri, 01 Jan 2021 00:00:00 GMT"]) {
    assert.equal(wait(header), undefined);
  }
});
