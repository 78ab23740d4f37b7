import assert from "node:assert/strict";
import { openStorage, RemoteAccess, type Storage } from "../../../pipeline/places/mod.ts";
import { FaultProxy, type FaultRule } from "../../helpers/fault_proxy.ts";
import { ObjectServer } from "../../helpers/object_server.ts";

interface Setting {
  server: ObjectServer;
  proxy: FaultProxy;
  access: RemoteAccess;
  storage: Storage;
}

/** Runs a test with a bucket behind a proxy that does harm, and a clock that waits for nothing. */
async function withBucket(
  rules: FaultRule[],
  run: (setting: Setting) => Promise<void>,
): Promise<void> {
  await using server = await ObjectServer.start();
  await using proxy = await FaultProxy.start(server.port, rules);
  let nowMs = 0;
  const seams = {
    now: () => nowMs,
    sleep: (ms: number) => Promise.resolve(void (nowMs += ms)),
  };
  const access = new RemoteAccess({ endpoint: proxy.origin, unsigned: true, stallMs: 300, seams });
  await run({ server, proxy, access, storage: openStorage("s3://sea/scores", access) });
  access.close();
}

Deno.test("a write whose answer was lost meets its own first try, and is no conflict", () =>
  withBucket([{ method: "PUT", from: 1, to: 1, loseAnswer: true }], async ({ storage, proxy }) => {
    await storage.write([{ path: "a", text: "text", replaces: null }]);
    assert.equal((await storage.read("a"))?.text, "text");
    assert.equal(proxy.requests.filter((line) => line.startsWith("PUT")).length, 2);
  }));

Deno.test("a bucket that is down at the moment of the write is waited for", () =>
  withBucket([
    { method: "PUT", from: 1, to: 2, status: 503 },
    { method: "PUT", from: 1, to: 2, cutAfter: -1 },
    { method: "PUT", from: 1, to: 1, delayMs: 600, cutAfter: -1 },
  ], async ({ storage, access, server }) => {
    await storage.write([{ path: "a.json", text: "{}" }, { path: "a.csv", text: "1" }]);
    assert.equal(server.objects.size, 2);
    assert.deepEqual([...access.recoveries.keys()].sort(), [
      "no bytes came for 0.3 s",
      "the connection broke off",
      "the server answered 503 SlowDown",
    ]);
  }));

Deno.test("a bucket that stays down ends the write with what to do, and within the time", () =>
  withBucket([{ method: "PUT", status: 503 }], async ({ storage, access }) => {
    await assert.rejects(storage.write([{ path: "a.csv", text: "1" }]), {
      kind: "retry",
      message:
        /^Cannot write s3:\/\/sea\/scores\/a\.csv as the server answered 503 SlowDown \(tried \d+ times in 600 s\): run the same command again, which goes on from here\.$/,
    });
    assert(access.seams.now() > 500_000 && access.seams.now() <= 600_000);
  }));

Deno.test("a body that was cut on the way up is refused by its checksum", () =>
  withBucket([], async ({ storage, server }) => {
    await storage.write([{ path: "a.csv", text: "1" }]);
    assert.equal(server.refusedBodies, 0);
    const put = await fetch(`${server.origin}/sea/b`, {
      method: "PUT",
      body: "cut",
      headers: { "content-md5": "aaaaaaaaaaaaaaaaaaaaaa==" },
    });
    await put.body?.cancel();
    assert.equal(server.refusedBodies, 1);
  }));

Deno.test("an answer that breaks off while a file is read is asked for again", () =>
  withBucket([{ method: "GET", from: 1, to: 2, cutAfter: 3 }], async ({ storage, access }) => {
    await storage.write([{ path: "a.csv", text: "0123456789" }]);
    assert.equal((await storage.read("a.csv"))?.text, "0123456789");
    assert.deepEqual([...access.recoveries], [["the connection broke off", 2]]);
  }));

Deno.test("who may not write is told before the work begins", () =>
  withBucket([], async ({ storage, server, proxy, access }) => {
    server.forbidden.add("/sea");
    const words =
      /^Cannot write to s3:\/\/sea\/scores as the server answered 403 AccessDenied: the/;
    await assert.rejects(storage.tryWriting(), { kind: "denied", message: words });
    assert.equal(proxy.requests.length, 1);
    const lake = openStorage("s3://lake", access);
    await assert.rejects(lake.tryWriting(), { kind: "data", message: /there is no bucket lake/ });
    await assert.rejects(Array.fromAsync(lake.list()), { kind: "data" });
  }));

Deno.test("a server that takes no notice of conditions is refused, and keeps no trace", () =>
  withBucket([], async ({ storage, server }) => {
    server.ignoresConditions = true;
    await assert.rejects(storage.tryWriting(), { kind: "configuration", message: /If-Match/ });
    assert.equal(server.objects.size, 0);
  }));
