import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MegapteraError } from "../../../core/mod.ts";
import { PartialFile } from "./partial_file.ts";
import { type HomeAccess, HomeFault, tryHome } from "./try_home.ts";

/** Progress of a download. */
export interface DownloadProgress {
  /** The home that it comes from. */
  readonly home: string;
  /** Bytes so far, those of earlier calls included. */
  readonly receivedBytes: number;
  /** Size of the whole file; nothing where the home does not say. */
  readonly totalBytes: number | undefined;
}

/** Options of a download. */
export interface DownloadOptions {
  /** Addresses of the file, in the order to try. */
  readonly homes: readonly string[];
  /** Path where it is to be; what has come of it lies beside, with `.partial` behind its name. */
  readonly target: string;
  /** Hears of every piece that came. */
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Stops the download; what came is kept. */
  readonly signal?: AbortSignal;
  /** Takes the place of `fetch`. */
  readonly fetch?: typeof fetch;
  /** Takes the place of waiting between tries. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Longest silence of a home, in milliseconds: 30,000 unless given. */
  readonly stallMs?: number;
}

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 500;
/** A try that got this much further than any before does not count against the home. */
const WORTH_BYTES = 2 ** 20;

/**
 * Downloads an archive from the first of its homes that gives it. What broke off is gone on from
 * at the very byte, also by a later call, if the home still has the same version (RFC 9110: `Range`
 * with `If-Range`), else started over; versions and homes are never mixed.
 *
 * @param options What to download, and how.
 * @returns The home that gave it.
 * @throws {MegapteraError} `retry` where no home gave it, with what each said and how to get it by
 * hand; `denied` or `retry` where it can't be written. Where `signal` aborts, its reason.
 */
export async function downloadArchive(options: DownloadOptions): Promise<string> {
  const { homes, target, onProgress, signal } = options;
  const partial = new PartialFile(target);
  const heard: string[] = [];
  try {
    for (const home of homes) {
      const fault = await askHome(home, partial, options, {
        fetch: options.fetch ?? fetch,
        stallMs: options.stallMs ?? 30_000,
        signal,
        onBytes: (receivedBytes, totalBytes) => onProgress({ home, receivedBytes, totalBytes }),
      });
      if (!fault) return home;
      heard.push(`${new URL(home).host} ${fault.message}`);
    }
    const kept = await partial.read();
    // Bytes that nothing can be joined to are of no use to a later call.
    if (!kept) await partial.discard();
    throw noHome(heard, kept?.receivedBytes ?? 0);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof MegapteraError ? error : localFault(error, target);
  }
}

/** Asks one home until it has given all, or it isn't worth asking again: why is returned. */
async function askHome(
  home: string,
  partial: PartialFile,
  { sleep, signal }: DownloadOptions,
  access: HomeAccess,
): Promise<HomeFault | undefined> {
  const received = async (): Promise<number> => {
    const state = await partial.read();
    return state?.home === home ? state.receivedBytes : 0;
  };
  let furthest = await received();
  for (let failed = 1;; failed++) {
    signal?.throwIfAborted();
    try {
      await tryHome(home, partial, access);
      return undefined;
    } catch (error) {
      if (!(error instanceof HomeFault)) throw error;
      const now = await received();
      if (now >= furthest + WORTH_BYTES) [furthest, failed] = [now, 1];
      if (!error.isPassing || failed >= MOST_TRIES) return error;
    }
    const ms = FIRST_WAIT_MS * 2 ** (failed - 1);
    await (sleep ? sleep(ms) : wait(ms, undefined, signal ? { signal } : {}));
  }
}

function noHome(heard: readonly string[], keptBytes: number): MegapteraError {
  const kept = keptBytes === 0 ? "" : ` (the ${keptBytes} bytes that came are gone on from)`;
  return new MegapteraError(
    "retry",
    `Cannot download the detector as none of its homes gave it: ${heard.join("; ")}: try again ` +
      `later${kept}, or download google/humpback-whale from Kaggle in a browser, then run ` +
      "`megaptera model install --from FILE`.",
  );
}

function localFault(error: unknown, target: string): MegapteraError {
  const isDenied = error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
  const text = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  return new MegapteraError(
    isDenied ? "denied" : "retry",
    `Cannot save the download as ${basename(target)} as the system refused: ${text}.`,
    { cause: error },
  );
}

/**
 * Addresses where google/humpback_whale/1 is published, in the order to try. TF Hub now forwards to
 * Kaggle; Kaggle's form of address is that of its own client, kagglehub
 * (`models/OWNER/MODEL/FRAMEWORK/VARIATION/VERSION/download` below `api/v1`).
 */
export const PUBLISHED_HOMES: readonly string[] = [
  "https://tfhub.dev/google/humpback_whale/1?tf-hub-format=compressed",
  "https://storage.googleapis.com/tfhub-modules/google/humpback_whale/1.tar.gz",
  "https://www.kaggle.com/api/v1/models/google/humpback-whale/tensorFlow2/humpback-whale/1/download",
];
