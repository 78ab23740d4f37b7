import { join } from "node:path";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { megapteraCommand } from "./command_line.ts";
import { FaultProxy, type FaultRule } from "./fault_proxy.ts";
import { noise } from "./memory_catalogue.ts";
import { ObjectServer } from "./object_server.ts";

/** Where the archive's hours are, as `--source` takes it, and their first key's name. */
export const SOURCE = "s3://sea/{YYYYMMDD}_{HH}0000.wav";
const RATE_HZ = 16_000;

/** Noise as a 16-bit WAV. */
export function wavOf(seconds: number, seed: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(noise(seconds * RATE_HZ, seed), (value) => value * 32768);
  return riff([fmt(), { name: "data", body: new Uint8Array(samples.buffer) }]);
}

/** An archive on a server behind a proxy that does harm, and the same hours on disk. */
export interface Archive extends AsyncDisposable {
  readonly server: ObjectServer;
  readonly proxy: FaultProxy;
  /** The folder with the same recordings. */
  readonly disk: string;
}

/**
 * Serves an archive of an hour's recording for each of some hours of 2021-01-01.
 *
 * @param folder Where the same recordings are written.
 * @param hours Seconds of audio in each hour, from 00:00 on.
 * @param rules What harm is done.
 */
export async function serveArchive(
  folder: string,
  hours: readonly number[],
  rules: FaultRule[] = [],
): Promise<Archive> {
  const server = await ObjectServer.start();
  server.buckets.add("out");
  const disk = join(folder, "recordings");
  await Deno.mkdir(disk, { recursive: true });
  for (const [hour, seconds] of hours.entries()) {
    const name = `20210101_${String(hour).padStart(2, "0")}0000.wav`;
    const bytes = wavOf(seconds, hour + 1);
    server.objects.set(`/sea/${name}`, { bytes });
    await Deno.writeFile(join(disk, name), bytes);
  }
  const proxy = await FaultProxy.start(server.port, rules);
  return {
    server,
    proxy,
    disk,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The command that scores an archive's hours with the demo detector. */
export function scoreArchive(
  folder: string,
  origin: string,
  out: string,
  options: readonly string[],
): Deno.Command {
  const args = ["score", "--date", "2021-01-01", "--source", SOURCE, "--endpoint", origin];
  const environment = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "testtest" };
  return megapteraCommand(
    [...args, "--model", "demo", "--threads", "1", "--out", out, ...options],
    folder,
    { ...environment, AWS_REGION: "us-west-2" },
  );
}

/** The texts of the scores in a bucket of the server, by their path below the prefix. */
export function scoresInBucket(
  { server }: Pick<Archive, "server">,
  prefix: string,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [path, { bytes }] of server.objects) {
    if (!path.startsWith(prefix) || !path.endsWith(".csv")) continue;
    texts[path.slice(prefix.length + 1)] = new TextDecoder().decode(bytes);
  }
  return Object.fromEntries(Object.entries(texts).sort());
}
