import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { wavOf } from "./archive.ts";
import { noise } from "./memory_catalogue.ts";
import { ObjectServer } from "./object_server.ts";

const RATE_HZ = 16_000;
const HOUR_MS = 3_600_000;

/** The name of the recording of an hour, counted from 2021-01-01T00. */
export function hourName(hour: number): string {
  const iso = new Date(Date.UTC(2021, 0, 1) + hour * HOUR_MS).toISOString();
  return `${iso.slice(0, 10).replaceAll("-", "")}_${iso.slice(11, 13)}0000.wav`;
}

/** How batch archives are scored: what is corrupt in them is too loud for the detector then. */
export const CORRUPT_GAIN: readonly string[] = ["--gain", "1000000"];

/** What an hour that is corrupt says then. */
export const CORRUPT_FAULT =
  "takes finite numbers: the audio is too loud for it with --gain 1000000, choose a smaller one";

/** A recording whose samples turn into huge ones: its hour can be opened, and not be scored. */
function corruptWav(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = noise(seconds * RATE_HZ)
    .map((value, i) => i < 2 * RATE_HZ ? value : value * 1e14);
  const float = fmt({ tag: 3, bits: 32 });
  return riff([float, { name: "data", body: new Uint8Array(samples.buffer) }]);
}

/**
 * Writes a recording of a few seconds for each of some hours from 2021-01-01 on.
 *
 * @param folder Where.
 * @param hours How many hours.
 * @param seconds Seconds of noise in each.
 * @param corrupt Hours whose recording is corrupt.
 * @returns The folder of the recordings.
 */
export async function writeBatchArchive(
  folder: string,
  hours: number,
  seconds: number,
  corrupt: readonly number[] = [],
): Promise<string> {
  const recordings = join(folder, "recordings");
  await Deno.mkdir(recordings, { recursive: true });
  for (let hour = 0; hour < hours; hour++) {
    const bytes = corrupt.includes(hour) ? corruptWav(seconds) : wavOf(seconds, hour + 1);
    await Deno.writeFile(join(recordings, hourName(hour)), bytes);
  }
  return recordings;
}

/** An archive that can keep a worker waiting in the middle of an hour. */
export interface HeldArchive extends AsyncDisposable {
  /** As `--source` takes it. */
  readonly source: string;
  /** Holds what is read of an hour from now on; what is returned lets it go. */
  hold(hour: number): () => void;
  /** Waits until a worker waits for an hour. */
  untilHeld(hour: number): Promise<void>;
}

/** Serves the recordings of a folder over http. */
export async function serveBatchArchive(recordings: string): Promise<HeldArchive> {
  const server = await ObjectServer.start();
  for await (const { name } of Deno.readDir(recordings)) {
    server.objects.set(`/sea/${name}`, { bytes: await Deno.readFile(join(recordings, name)) });
  }
  const path = (hour: number): string => `/sea/${hourName(hour)}`;
  const heldFrom = new Map<number, number>();
  return {
    source: `${server.origin}/sea/{YYYYMMDD}_{HH}0000.wav`,
    hold: (hour) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      heldFrom.set(hour, server.requests.length);
      server.held.set(path(hour), promise);
      return () => {
        server.held.delete(path(hour));
        resolve();
      };
    },
    untilHeld: async (hour) => {
      const isHeld = (): boolean =>
        server.requests.slice(heldFrom.get(hour)).some((request) =>
          request.startsWith(`GET ${path(hour)}`) && !request.includes("bytes=0-")
        );
      for (let tries = 0; !isHeld(); tries++) {
        if (tries === 6000) throw new Error(`no worker came to hour ${hour} in time`);
        await wait(100);
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
