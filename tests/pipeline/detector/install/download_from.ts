import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../../../core/errors.ts";
import {
  downloadArchive,
  type DownloadProgress,
} from "../../../../pipeline/detector/install/download_archive.ts";
import { filesBelow, withFolder } from "../../../helpers/temporary_folder.ts";
import { type Answer, type AskedFor, withHome } from "./faulty_home.ts";

/** A made-up archive: the magic of gzip, then bytes that tell versions and places apart. */
export function made(version: number, sizeBytes = 300_000): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  for (let i = 0; i < sizeBytes; i++) bytes[i] = (i * 7 + (i >> 8) + version * 101) & 255;
  bytes.set([0x1f, 0x8b]);
  return bytes;
}

/** Version 1. */
export const FILE = made(1);

/** What became of a download. */
export interface Downloaded {
  /** What came; nothing where it was refused. */
  readonly bytes: Uint8Array | undefined;
  readonly error: MegapteraError | undefined;
  readonly home: string | undefined;
  readonly waits: number[];
  readonly progress: DownloadProgress[];
  readonly files: string[];
}

/** Downloads into this folder as `model.tar.gz`. */
export async function download(
  homes: string[],
  folder: string,
  stallMs = 5000,
): Promise<Downloaded> {
  const target = join(folder, "model.tar.gz");
  const waits: number[] = [];
  const progress: DownloadProgress[] = [];
  let home: string | undefined;
  let error: MegapteraError | undefined;
  try {
    home = await downloadArchive({
      homes,
      target,
      stallMs,
      onProgress: (state) => progress.push(state),
      sleep: (ms) => Promise.resolve(void waits.push(ms)),
    });
  } catch (thrown) {
    assert(thrown instanceof MegapteraError, String(thrown));
    error = thrown;
  }
  const bytes = error ? undefined : new Uint8Array(await Deno.readFile(target));
  return { bytes, error, home, waits, progress, files: await filesBelow(folder) };
}

/** One download of a folder's own from one home, its answers in order; the last one repeats. */
export async function from(
  answers: ((asked: AskedFor) => Answer)[],
  check: (result: Downloaded, asked: AskedFor[], folder: string) => Promise<void> | void,
  stallMs?: number,
): Promise<void> {
  const answer = (asked: AskedFor, count: number): Answer =>
    answers[Math.min(count, answers.length - 1)](asked);
  await withFolder((folder) =>
    withHome(answer, async ({ base, asked }) => {
      await check(await download([`${base}/a.tar.gz`], folder, stallMs), asked, folder);
    })
  );
}
