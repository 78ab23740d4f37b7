import assert from "node:assert/strict";
import fc from "fast-check";
import { HEAD_BYTES } from "../../../pipeline/places/remote_source.ts";
import type { FaultRule } from "../../helpers/fault_proxy.ts";
import { behindProxy, PROTOCOLS } from "./behind_proxy.ts";
import { pattern } from "./range_source_suite.ts";

const bytes = pattern(1_000_000);

/** What is harmless in the end: the fault, and what it is counted as. */
const HARMLESS: readonly {
  name: string;
  rules: FaultRule[];
  counted: string | undefined;
  /** How long the server may be silent, where that matters. */
  stallMs?: number;
}[] = [
  { name: "503 bursts", rules: [{ from: 2, to: 9, status: 503 }], counted: "answered 503" },
  { name: "a 500", rules: [{ from: 2, to: 2, status: 500 }], counted: "answered 500" },
  { name: "a 429", rules: [{ from: 1, to: 2, status: 429 }], counted: "answered 429" },
  {
    name: "a reset before the answer",
    rules: [{ from: 1, to: 6, resetAfter: -1 }],
    counted: "connection",
  },
  {
    name: "a reset in a body",
    rules: [{ from: 2, to: 4, resetAfter: 50_000 }],
    counted: "connection",
  },
  { name: "a body that is cut", rules: [{ to: 7, cutAfter: 40_000 }], counted: "broke off" },
  {
    name: "a body that ends early as if it were whole",
    rules: [{ from: 2, to: 4, endAfter: 100_000, headers: { "content-length": null } }],
    counted: "broke off",
  },
  {
    name: "a body that stalls",
    rules: [{ from: 2, to: 3, stallAfter: 9_000 }],
    stallMs: 250,
    counted: "no bytes came",
  },
  {
    name: "an answer that does not come",
    rules: [{ to: 1, delayMs: 600 }],
    stallMs: 250,
    counted: "no bytes came",
  },
  { name: "a slow link", rules: [{ bytesPerSecond: 400_000 }], counted: undefined, stallMs: 2000 },
  {
    name: "a whole file for a range, twice",
    rules: [{ from: 2, to: 3, range: null }],
    counted: "rules",
  },
  {
    name: "a short range, twice",
    rules: [{ from: 2, to: 3, range: `bytes=${HEAD_BYTES}-${HEAD_BYTES + 99}` }],
    counted: "rules",
  },
  {
    name: "another range, twice",
    rules: [{ from: 2, to: 3, range: `bytes=0-${bytes.length - HEAD_BYTES - 1}` }],
    counted: "rules",
  },
  {
    name: "a wrong Content-Range, once",
    rules: [{ from: 2, to: 2, headers: { "content-range": `bytes ${HEAD_BYTES}-999999/*` } }],
    counted: "rules",
  },
  {
    name: "a wrong Content-Length, twice",
    rules: [{
      from: 2,
      to: 3,
      headers: { "content-length": String(bytes.length - HEAD_BYTES + 1) },
    }],
    counted: "rules",
  },
  {
    name: "bytes encoded on the way, once",
    rules: [{ from: 2, to: 2, headers: { "content-encoding": "x-unknown" } }],
    counted: "rules",
  },
];

for (const protocol of PROTOCOLS) {
  for (const { name, rules, counted, stallMs } of HARMLESS) {
    for (const told of [false, true]) {
      const how = told ? "read ahead" : "read as asked";
      Deno.test(`${protocol}, ${how}: ${name} costs tries and no byte`, () =>
        behindProxy(protocol, { bytes }, rules, async ({ open, access }) => {
          const source = await open();
          if (told) source.willRead?.(0, source.sizeBytes);
          const got = await source.read(0, bytes.length);
          assert(Buffer.compare(got, bytes) === 0);
          // What a refused answer carried is let go of before it is read.
          assert.equal(access.bytesFetched, bytes.length);
          const heard = [...access.recoveries.keys()].join("; ");
          if (counted) assert(heard.includes(counted), heard);
          else assert.equal(heard, "");
          source.close();
        }, stallMs ? { stallMs } : {}));
    }
  }

  Deno.test(`${protocol}: a body that is cut goes on from the byte where it broke`, () =>
    behindProxy(protocol, { bytes }, [{ from: 2, to: 3, cutAfter: 100_000 }], async (setting) => {
      const source = await setting.open();
      await source.read(HEAD_BYTES, bytes.length);
      const ranges = setting.proxy.requests.map((line) => line.split(" ")[2]);
      const starts = [0, HEAD_BYTES, HEAD_BYTES + 100_000, HEAD_BYTES + 200_000];
      assert.deepEqual(ranges.map((range) => Number(/\d+/.exec(range)![0])), starts);
      source.close();
    }));

  Deno.test(`${protocol}: after three failures on end the connections are made anew`, () =>
    behindProxy(protocol, { bytes }, [{ from: 2, to: 5, status: 503 }], async (setting) => {
      const source = await setting.open();
      const clients = new Set<Deno.HttpClient>();
      setting.onSleep = () => void clients.add(setting.access.connection.client);
      await source.read(HEAD_BYTES, 10);
      assert.equal(clients.size, 2);
      source.close();
    }));

  Deno.test(`${protocol}: a stall is noticed though memory is cleaned up meanwhile`, () =>
    behindProxy(protocol, { bytes }, [{ from: 2, to: 2, stallAfter: 9000 }], async ({ open }) => {
      const source = await open();
      const reading = source.read(HEAD_BYTES, 100_000);
      for (let i = 0; i < 40; i++) {
        new Uint8Array(20_000_000).fill(i);
        await new Promise((done) => setTimeout(done, 1));
      }
      assert.equal((await reading).length, 100_000);
      source.close();
    }, { stallMs: 500 }));

  Deno.test(`${protocol}: an outage of 30 s is outlived`, () =>
    behindProxy(protocol, { bytes }, [], async (setting) => {
      const source = await setting.open();
      await setting.proxy.down();
      setting.onSleep = async () => {
        if (setting.slept() > 30_000 && setting.onSleep) {
          setting.onSleep = undefined;
          await setting.proxy.up();
        }
      };
      assert(Buffer.compare(await source.read(0, bytes.length), bytes) === 0);
      assert(setting.slept() > 30_000);
      assert(setting.access.recoveries.size > 0);
      source.close();
    }));

  Deno.test(`${protocol}: a server that says how long to leave it alone is left alone`, () => {
    const rule = { from: 1, to: 1, status: 503, headers: { "retry-after": "17" } };
    return behindProxy(protocol, { bytes }, [rule], async ({ open, slept }) => {
      (await open()).close();
      assert(slept() >= 17_000 && slept() < 18_000);
    });
  });

  Deno.test(`${protocol}: random reads through random faults give the bytes that are there`, async () => {
    const fault = fc.oneof(
      fc.record({ status: fc.constantFrom(429, 500, 502, 503, 504) }),
      fc.record({ cutAfter: fc.integer({ min: -1, max: 60_000 }) }),
      fc.record({ resetAfter: fc.integer({ min: -1, max: 60_000 }) }),
      fc.record({ endAfter: fc.integer({ min: 1, max: 60_000 }) })
        .map((rule) => ({ ...rule, headers: { "content-length": null } })),
      fc.record({ range: fc.constantFrom(null, "bytes=0-10", "bytes=5-70000") }),
      fc.constant({}),
    );
    const reads = fc.array(
      fc.record({ offset: fc.nat(bytes.length), length: fc.nat(300_000), isTold: fc.boolean() }),
      { minLength: 1, maxLength: 6 },
    );
    const property = fc.asyncProperty(
      fc.array(fault, { maxLength: 12 }),
      reads,
      async (faults, reads) => {
        // Each for one request, and never more than two wrong ranges on end.
        const rules: FaultRule[] = faults.flatMap((rule, i) =>
          "range" in rule ? [{ ...rule, from: 2, to: 2 }, { from: 1, to: 1, delayMs: i % 2 }] : [{
            ...rule,
            from: 1,
            to: 1,
          }]
        );
        await behindProxy(protocol, { bytes }, rules, async ({ open }) => {
          const source = await open();
          for (const { offset, length, isTold } of reads) {
            if (isTold) source.willRead?.(offset, offset + 2 * length);
            const got = await source.read(offset, length);
            assert(Buffer.compare(got, bytes.subarray(offset, offset + length)) === 0);
          }
          source.close();
        });
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });
}
