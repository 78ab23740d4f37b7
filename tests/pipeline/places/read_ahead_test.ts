import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { openRecording, type Recording } from "../../../pipeline/audio/mod.ts";
import { RemoteAccess } from "../../../pipeline/places/mod.ts";
import {
  MOST_ON_THEIR_WAY,
  MOST_PIECES,
  PIECE_BYTES,
} from "../../../pipeline/places/read_ahead.ts";
import { HEAD_BYTES } from "../../../pipeline/places/remote_source.ts";
import { wavOf } from "../../helpers/archive.ts";
import { FaultProxy } from "../../helpers/fault_proxy.ts";
import { fixture, readSamples } from "../../helpers/fixtures.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { behindProxy, PROTOCOLS } from "./behind_proxy.ts";
import { pattern } from "./range_source_suite.ts";

const MIB = 2 ** 20;

/** First and last byte of each range that was asked for, without the one that opened the file. */
function ranges(requests: readonly string[]): [number, number][] {
  return requests.slice(1).map((line) => {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(line)!;
    return [Number(first), Number(last)];
  });
}

for (const protocol of PROTOCOLS) {
  Deno.test(`${protocol}: what is told is fetched ahead, a few at once and none beyond`, () => {
    const bytes = pattern(7 * PIECE_BYTES);
    return behindProxy(protocol, { bytes }, [], async ({ open, access, proxy }) => {
      const source = await open();
      const [start, stop] = [PIECE_BYTES + 1, 6 * PIECE_BYTES + 7];
      source.willRead?.(start, stop);
      // As the scorer reads: on and on, each time a little back.
      const overlap = 5000;
      let asked = 0;
      for (let at = start; at < stop;) {
        const length = Math.min(1_400_000, stop - at);
        const got = await source.read(at, length);
        assert(Buffer.compare(got, bytes.subarray(at, at + length)) === 0);
        asked += at === start ? length : length - overlap;
        at += length === stop - at ? length : length - overlap;
      }
      assert.equal(asked, stop - start);
      assert.equal(access.bytesFetched, HEAD_BYTES + stop - start);
      for (const [first, last] of ranges(proxy.requests)) assert(first >= start && last < stop);
      assert.equal(proxy.requests.length, 1 + 6);
      assert(proxy.mostAtOnce <= MOST_ON_THEIR_WAY);
      source.close();
    });
  });
}

Deno.test("what is read ahead is bounded however much is told", () =>
  behindProxy("http", { bytes: pattern(8 * PIECE_BYTES) }, [], async ({ open, access, proxy }) => {
    const source = await open();
    source.willRead?.(0, 8 * PIECE_BYTES);
    const most = HEAD_BYTES + MOST_PIECES * PIECE_BYTES;
    for (let looks = 0; access.bytesFetched < most; looks++) {
      assert(looks < 6000, `${access.bytesFetched} of ${most} bytes came in a minute`);
      await wait(10);
    }
    await wait(50);
    assert.equal(access.bytesFetched, most);
    assert.equal(proxy.requests.length, 1 + MOST_PIECES);
    source.close();
  }));

Deno.test("small reads that overlap are not fetched twice, though nothing was told", () =>
  behindProxy("http", { bytes: pattern(4 * MIB) }, [], async ({ open, access }) => {
    const source = await open();
    const first = 64 * 1024;
    for (let at = first; at < 3 * MIB; at += 100_000) await source.read(at - 20_000, 120_000);
    const asked = first + Math.ceil((3 * MIB - first) / 100_000) * 100_000;
    assert(access.bytesFetched <= asked);
    source.close();
  }));

Deno.test("without being told nothing is fetched that was not asked for", () =>
  behindProxy("http", { bytes: pattern(MIB) }, [], async ({ open, proxy }) => {
    const source = await open();
    await source.read(500_000, 10);
    await source.read(200_000, 20);
    await source.read(200_005, 10);
    await source.read(10, 1000);
    assert.deepEqual(ranges(proxy.requests), [[500_000, 500_009], [200_000, 200_019]]);
    source.close();
  }));

Deno.test("a plan that changes keeps what it has, and lets go of the rest", () =>
  behindProxy("http", { bytes: pattern(3 * PIECE_BYTES) }, [], async ({ open, proxy, access }) => {
    const source = await open();
    const [start, within] = [MIB, MIB + PIECE_BYTES / 2];
    const [planned, stop] = [MIB + PIECE_BYTES * 1.25, MIB + PIECE_BYTES * 1.5];
    source.willRead?.(start, planned);
    await source.read(start, 1000);
    source.willRead?.(within, stop);
    await source.read(within, stop - within);
    const second = start + PIECE_BYTES;
    assert.deepEqual(ranges(proxy.requests), [
      [start, second - 1],
      [second, planned - 1],
      [planned, stop - 1],
    ]);
    assert.equal(access.bytesFetched, HEAD_BYTES + stop - start);
    source.close();
  }));

Deno.test("a recording is opened by one request, and its frames cost their own bytes", async () => {
  await using server = await ObjectServer.start();
  const bytes = await Deno.readFile(fixture("song-16k.wav"));
  server.objects.set("/sea/song.wav", { bytes });
  await using proxy = await FaultProxy.start(server.port);
  const access = new RemoteAccess();
  const recording = await openRecording(`${proxy.origin}/sea/song.wav`, access);
  assert.equal(proxy.requests.length, 1);
  const expected = await readSamples("song-16k.wav");
  const [start, stop] = [50_000, 70_000];
  recording.willRead?.(start, stop);
  assert.deepEqual(await recording.read(start, 9000, 0), expected.slice(start, start + 9000));
  assert.deepEqual(
    await recording.read(start + 9000, 11_000, 0),
    expected.slice(start + 9000, stop),
  );
  const frameBytes = Math.floor(bytes.length / recording.frames);
  assert.equal(access.bytesFetched, HEAD_BYTES + (stop - start) * frameBytes);
  recording.close();
  access.close();
});

Deno.test("of a recorder that writes a file a minute hardly more is fetched than its audio", async () => {
  await using server = await ObjectServer.start();
  server.objects.set("/sea/minute.wav", { bytes: wavOf(60, 1) });
  const access = new RemoteAccess();
  // Two days' catalogues open it, and the scorer.
  const opened: Recording[] = [];
  for (let i = 0; i < 3; i++) {
    opened.push(await openRecording(`${server.origin}/sea/minute.wav`, access));
  }
  const { frames } = opened[2];
  opened[2].willRead?.(0, frames);
  await opened[2].read(0, frames, 0);
  for (const recording of opened) recording.close();
  assert(access.bytesFetched <= 1.01 * frames * 2, `${access.bytesFetched} of ${frames * 2}`);
  access.close();
});
