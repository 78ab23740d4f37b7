import assert from "node:assert/strict";
import { RemoteAccess } from "../../../pipeline/places/mod.ts";
import { formatScoreCsv, hourPath, readScores, ScoreSet } from "../../../pipeline/scores/mod.ts";
import { FaultProxy } from "../../helpers/fault_proxy.ts";
import { ObjectServer } from "../../helpers/object_server.ts";

const HOUR_MS = 3_600_000;
const HOURS = 60;

/** Serves hours of scores, each of a value of its own, behind a proxy that takes its time. */
async function serveHours(): Promise<{ server: ObjectServer; proxy: FaultProxy }> {
  const server = await ObjectServer.start();
  for (let hour = 0; hour < HOURS; hour++) {
    const csv = formatScoreCsv(hour * HOUR_MS, new Float64Array(3600).fill(hour / 100));
    const bytes = new TextEncoder().encode(csv);
    server.objects.set(`/sea/scores/${hourPath(hour * HOUR_MS)}.csv`, { bytes });
  }
  const rules = [{ method: "GET", match: /\.csv/, delayMs: 30 }];
  return { server, proxy: await FaultProxy.start(server.port, rules) };
}

Deno.test("scores far away are asked for some at a time, and come in their order", async () => {
  const { server, proxy } = await serveHours();
  const access = new RemoteAccess({ endpoint: proxy.origin, unsigned: true });
  try {
    const hours = await Array.fromAsync(readScores("s3://sea/scores", { access }));
    const values = hours.map(({ hourMs, scores }) => [hourMs / HOUR_MS, scores[0] * 100]);
    assert.deepEqual(values.map((pair) => pair.map(Math.round)), values.map((_, i) => [i, i]));
    assert.equal(hours.length, HOURS);
    assert.ok(proxy.mostAtOnce > 8 && proxy.mostAtOnce <= 16, `${proxy.mostAtOnce} at once`);
  } finally {
    access.close();
    await proxy[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  }
});

Deno.test("only the hours that are wanted are asked for", async () => {
  const { server, proxy } = await serveHours();
  const access = new RemoteAccess({ endpoint: proxy.origin, unsigned: true });
  try {
    const set = await ScoreSet.open("s3://sea/scores", { access });
    const hours = await Array.fromAsync(set.read((hourMs) => hourMs < 2 * HOUR_MS));
    assert.equal(hours.length, 2);
    assert.equal(proxy.requests.filter((request) => request.includes(".csv")).length, 2);
    assert.equal(set.origin.unknownHours, 2, "what was not read is not counted");
  } finally {
    access.close();
    await proxy[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  }
});
