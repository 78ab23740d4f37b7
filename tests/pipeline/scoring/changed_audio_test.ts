import assert from "node:assert/strict";
import { join } from "node:path";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { catalogueFiles } from "../../../pipeline/timeline/mod.ts";
import { fakeDetector, FakeEngine } from "../../helpers/fake_detector.ts";
import { noise } from "../../helpers/memory_catalogue.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { score } from "../../helpers/score_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { fmt, riff } from "../audio/wav_bytes.ts";

const RATE_HZ = 10_000;

function wav(seconds: number, seed: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(noise(seconds * RATE_HZ, seed), (value) => value * 32768);
  const data = { name: "data", body: new Uint8Array(samples.buffer) };
  return riff([fmt({ sampleRateHz: RATE_HZ }), data]);
}

/** An engine that does something once, at its first batch. */
function engineThat(acts: () => Promise<void>): FakeEngine {
  const engine = new FakeEngine();
  let left = 1;
  engine.onRun = () => left-- > 0 ? acts() : Promise.resolve();
  return engine;
}

/** Overwrites a file from its first byte on, and leaves it where it is. */
async function overwrite(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true });
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}

Deno.test("an hour whose recording is overwritten in place meanwhile is refused, and others are scored", () =>
  withFolder(async (folder) => {
    const paths = ["20210101_000000.wav", "20210101_010000.wav"].map((name) => join(folder, name));
    for (const [i, path] of paths.entries()) await Deno.writeFile(path, wav(90, i + 1));
    for (const path of paths) await Deno.utime(path, 1609459200, 1609459200);
    const catalogue = await catalogueFiles(paths);
    const store = new ScoreStore(join(folder, "out"));
    const engine = engineThat(() => overwrite(paths[0], wav(90, 7)));
    const options = { store, detectors: [fakeDetector(engine)] };
    const { outcomes } = await score(catalogue, options);
    assert.deepEqual(outcomes.map(({ state }) => state), ["failed", "scored"]);
    assert.match(outcomes[0].notes[0], /000000\.wav as it was changed while it was read/);
    assert.equal(await store.readManifest(outcomes[0].hourMs), undefined);
    const again = await score(await catalogueFiles(paths), { store });
    assert.deepEqual(again.outcomes.map(({ state }) => state), ["scored", "done"]);
  }));

Deno.test("so is an hour whose server does not tell one version of it from another", async () => {
  await using server = await ObjectServer.start();
  const put = (seed: number) =>
    server.objects.set("/sea/20210101_000000.wav", { bytes: wav(30, seed), etag: null });
  put(1);
  const catalogue = await catalogueFiles([`${server.origin}/sea/20210101_000000.wav`]);
  const { outcomes } = await score(catalogue);
  assert.deepEqual(outcomes.map(({ state }) => state), ["scored"]);
  assert.match(
    outcomes[0].notes[0],
    /^The server of 20210101_000000\.wav does not say of which version/,
  );
  const detectors = [fakeDetector(engineThat(() => Promise.resolve(void put(2))))];
  const replaced = await score(catalogue, { detectors });
  assert.deepEqual(replaced.outcomes.map(({ state }) => state), ["failed"]);
  assert.match(replaced.outcomes[0].notes[1] ?? replaced.outcomes[0].notes[0], /was replaced/);
});
