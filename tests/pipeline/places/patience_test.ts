import assert from "node:assert/strict";
import fc from "fast-check";
import { Patience } from "../../../pipeline/places/persist.ts";
import { connectionFault, RemoteFault } from "../../../pipeline/places/remote_fault.ts";

/** A patience of ten minutes whose sleeps are noted, and a clock that goes on by them. */
function make(random: () => number): {
  patience: Patience;
  sleeps: number[];
  recovered: string[];
} {
  const sleeps: number[] = [];
  const recovered: string[] = [];
  let nowMs = 5;
  const seams = {
    random,
    now: () => nowMs,
    sleep: (ms: number) => {
      sleeps.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
  const access = {
    patienceMs: 600_000,
    seams,
    hasAnswered: false,
    recovered: (what: string) => recovered.push(what),
  };
  return { patience: new Patience(access, undefined), sleeps, recovered };
}

const busy = new RemoteFault("passing", "busy");

Deno.test("waits double up to 20 s, each by chance between nothing and all of it", async () => {
  const numbers = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 12 });
  await fc.assert(fc.asyncProperty(numbers, async (numbers) => {
    let at = 0;
    const { patience, sleeps } = make(() => numbers[at++ % numbers.length]);
    for (let i = 0; i < 12; i++) await patience.failed(busy);
    sleeps.forEach((ms, i) => {
      assert.equal(ms, numbers[i % numbers.length] * Math.min(20_000, 250 * 2 ** i));
    });
  }));
});

Deno.test("it is given up when the next wait would end after the time, not before", async () => {
  const { patience, sleeps } = make(() => 0.999);
  await assert.rejects(
    async () => {
      for (;;) await patience.failed(busy);
    },
    { reason: "passing", message: /^busy \(tried \d+ times in 600 s\)$/ },
  );
  const slept = sleeps.reduce((sum, ms) => sum + ms, 0);
  assert(slept > 579_000 && slept <= 600_000);
});

Deno.test("whoever gets on has all the time again, and what was overcome is counted", async () => {
  const { patience, sleeps, recovered } = make(() => 0.5);
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 10; i++) await patience.failed(busy);
    assert.equal(patience.failures, 10);
    patience.gotOn();
    assert.equal(patience.failures, 0);
  }
  assert(sleeps.reduce((sum, ms) => sum + ms, 0) > 600_000);
  assert.equal(recovered.length, 200);
});

Deno.test("what will not mend is not tried again, and a wrong answer three times in all", async () => {
  const { patience, sleeps } = make(() => 0.5);
  for (const reason of ["missing", "forbidden", "changed", "range", "no bucket"] as const) {
    await assert.rejects(patience.failed(new RemoteFault(reason, reason)), { reason });
  }
  assert.equal(sleeps.length, 0);
  const fresh = make(() => 0.5).patience;
  const wrong = new RemoteFault("wrong answer", "wrong");
  await fresh.failed(wrong);
  await fresh.failed(busy);
  await fresh.failed(wrong);
  await assert.rejects(fresh.failed(wrong), { message: "wrong" });
});

const MISTYPED: [string, string, string][] = [
  [
    "a name that is not known",
    "failed to lookup address information: nodename nor servname provided, or not known",
    "the server's name is not known (check the address)",
  ],
  [
    "https where there is http",
    "client error (Connect): received corrupt message of type InvalidContentType",
    "the server does not speak TLS (check the address: is it http:// there?)",
  ],
];
for (const [what, said, message] of MISTYPED) {
  Deno.test(`${what} is given up soon, but not where the server answered before`, async () => {
    const fault = connectionFault(new TypeError("fetch failed", { cause: new Error(said) }));
    const misspelt = make(() => 0.5);
    await assert.rejects(async () => {
      for (;;) await misspelt.patience.failed(fault);
    }, { message });
    assert.equal(misspelt.sleeps.length, 4);
    const offline = make(() => 0.5);
    offline.patience.gotOn();
    await assert.rejects(async () => {
      for (;;) await offline.patience.failed(fault);
    }, { message: /tried \d+ times in 600 s/ });
  });
}

Deno.test("a server's own time is kept, unless it is longer than there is patience", async () => {
  const { patience, sleeps } = make(() => 0.5);
  await patience.failed(new RemoteFault("passing", "busy", { retryAfterMs: 60_000 }));
  assert.deepEqual(sleeps, [60_125]);
  const hour = new RemoteFault("passing", "busy", { retryAfterMs: 3_600_000 });
  await assert.rejects(patience.failed(hour), { reason: "passing" });
});
