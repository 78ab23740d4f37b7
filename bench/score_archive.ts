// deno-lint-ignore-file no-console
// What the network costs, and whether workers are better as processes: the same hours from disk,
// and from a source at 50 MB/s, by two workers of one thread each. `deno task bench-archive`.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseModel } from "./choose_model.ts";
import { runScript } from "./run_script.ts";
import { serveThrottled } from "./throttled_server.ts";

const SONG = fileURLToPath(new URL("../tests/fixtures/song-16k.wav", import.meta.url));
const HEADER_BYTES = 44;
/** Each hour holds this much audio, so that what an hour costs once weighs six times as much. */
const MINUTES = 10;
const HOURS = 4;
const BYTES_PER_SECOND = 50e6;

/** Hours of repeated song, 24 bit at 16 kHz. */
async function writeHours(folder: string): Promise<void> {
  const song = await Deno.readFile(SONG);
  const samples = song.subarray(HEADER_BYTES);
  const times = MINUTES * 2;
  const bytes = new Uint8Array(HEADER_BYTES + times * samples.length);
  bytes.set(song.subarray(0, HEADER_BYTES));
  new DataView(bytes.buffer).setUint32(4, bytes.length - 8, true);
  new DataView(bytes.buffer).setUint32(40, bytes.length - HEADER_BYTES, true);
  for (let i = 0; i < times; i++) bytes.set(samples, HEADER_BYTES + i * samples.length);
  for (let hour = 0; hour < HOURS; hour++) {
    await Deno.writeFile(join(folder, `20210101_0${hour}0000.wav`), bytes);
  }
}

const folder = await Deno.makeTempDir();
try {
  const { model, modelsFolder, is } = await chooseModel(folder);
  const recordings = join(folder, "recordings");
  await Deno.mkdir(recordings);
  await writeHours(recordings);
  await using server = serveThrottled(recordings, BYTES_PER_SECOND);
  const name = "{YYYYMMDD}_{HH}0000.wav";
  const disk = join(recordings, name);
  const far = `http://127.0.0.1:${server.addr.port}/${name}`;
  const run = (source: string, workers: number, from: number, to: number) =>
    runScript("./run_archive.ts", [
      ...[source, model, modelsFolder, join(folder, "out"), String(workers)],
      ...[String(from), String(to)],
    ]);
  console.log(`${HOURS} hours of ${MINUTES} minutes each, scored by ${is}, two at a time.`);
  const before = await run(disk, 2, 0, HOURS);
  const network = await run(far, 2, 0, HOURS);
  const after = await run(disk, 2, 0, HOURS);
  const one = await run(far, 1, 0, HOURS / 2);
  const started = performance.now();
  await Promise.all([run(disk, 1, 0, HOURS / 2), run(disk, 1, HOURS / 2, HOURS)]);
  const apart = (performance.now() - started) / 1000;
  const near = (before.seconds + after.seconds) / 2;
  const row = (what: string, value: string): void => console.log(`${what.padEnd(58)}${value}`);
  row("from disk, two workers in one process, s", near.toFixed(1));
  row("from 50 MB/s, likewise, s", network.seconds.toFixed(1));
  row(
    "waiting for the network, of the time",
    `${(100 * (1 - near / network.seconds)).toFixed(1)} %`,
  );
  row("from disk, two processes of one worker (start included), s", apart.toFixed(1));
  row("two processes over one", (apart / near).toFixed(2));
  row("peak memory of one worker from 50 MB/s, MB", one.peakMegabytes.toFixed(0));
  row("of two, MB more", (network.peakMegabytes - one.peakMegabytes).toFixed(0));
} finally {
  await Deno.remove(folder, { recursive: true });
}
