import { join } from "node:path";
import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import type { Environment } from "../environment.ts";
import { BrokenOutput } from "../print.ts";
import { isFar } from "../rights.ts";
import type { ScoreWork } from "./what_to_score.ts";

/** The message that tells the Worker its work. */
export interface FencedWork {
  work: ScoreWork;
  modelsFolder: string;
  called?: string | undefined;
}

/** The message that says how it ended. */
export type FencedEnd =
  | { exitCode: number }
  | { kind: FaultKind | undefined; isBroken: boolean; message: string; stack: string };

/**
 * Scores in a Worker that may reach some hosts and no others, whatever a server or a file leads it to:
 * a right to all of the network can be given back only as a whole.
 *
 * @param hosts The hosts.
 * @param work What to score.
 * @param environment As `score` takes it.
 * @returns The exit code; nothing where this process itself may not reach those hosts.
 * @throws {MegapteraError} As `score`.
 */
export async function scoreInFence(
  hosts: readonly string[],
  work: ScoreWork,
  { signal, modelsFolder, called }: Environment,
): Promise<number | undefined> {
  const isAllowed = hosts.every((host) =>
    Deno.permissions.querySync({ name: "net", host }).state === "granted"
  );
  if (!isAllowed) return undefined;
  const same = "inherit" as const;
  const permissions = {
    ...{ read: same, write: same, env: same, sys: same, ffi: same, import: same },
    net: [...hosts],
    run: false,
  };
  const worker = new Worker(new URL("./fenced.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  const stop = (): void => worker.postMessage("stop");
  try {
    const end = await new Promise<FencedEnd>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        const { message } = event;
        resolve({ kind: undefined, isBroken: false, message, stack: message });
      };
      const told: FencedWork = { work, modelsFolder, called };
      worker.postMessage(told);
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
    });
    if ("exitCode" in end) return end.exitCode;
    throw faultOf(end);
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function faultOf(
  { kind, isBroken, message, stack }: Exclude<FencedEnd, { exitCode: number }>,
): Error {
  const error = isBroken
    ? new BrokenOutput(message)
    : kind === undefined
    ? new Error(message)
    : new MegapteraError(kind, message);
  return Object.assign(error, { stack });
}

/** Variables that have the AWS SDK ask elsewhere than it usually would, and the same in its file. */
const ELSEWHERE = [
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
];
const ELSEWHERE_IN_FILE = /^\s*(endpoint_url|use_fips_endpoint|use_dualstack_endpoint)\s*=/m;
/** Regions whose hosts are named alike, and buckets that are no access points nor of one zone alone. */
const REGION = /^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(?!iso)[a-z]+-\d$/;
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]*)(?<!--x-s3)(?:\/|$)/;

/**
 * Tells which hosts a run of `score` asks, where that is known beforehand: of a public bucket of Amazon's
 * its own, of an S3 server its own. An http server may send one on to another, and who signs may ask
 * others for credentials.
 *
 * @param work What is to be scored.
 * @param read Reads a variable of the environment.
 * @returns The hosts; nothing where they are not known, or none is asked.
 */
export async function knownHosts(
  { files, options: { endpoint, out, region, unsigned }, source }: ScoreWork,
  read: (name: string) => string | undefined,
): Promise<string[] | undefined> {
  const places = [...(source ? [source.source] : files), out].filter((place) => isFar([place]));
  if (places.length === 0 || !places.every((place) => place.startsWith("s3://"))) return undefined;
  const isUnsigned = unsigned ?? source?.site?.unsigned ?? false;
  if (endpoint !== undefined) {
    const host = URL.parse(endpoint)?.host;
    return host && (isUnsigned || hasKeys(read)) ? [host] : undefined;
  }
  const inRegion = region ?? source?.site?.region;
  if (!isUnsigned || inRegion === undefined || !REGION.test(inRegion)) return undefined;
  if (isFar([out]) || ELSEWHERE.some(read)) return undefined;
  const home = read("HOME") ?? read("USERPROFILE") ?? ".";
  const file = read("AWS_CONFIG_FILE") ?? join(home, ".aws", "config");
  if (ELSEWHERE_IN_FILE.test(await Deno.readTextFile(file).catch(() => ""))) return undefined;
  const domain = `s3.${inRegion}.amazonaws.com${inRegion.startsWith("cn-") ? ".cn" : ""}`;
  const buckets = places.map((place) => BUCKET.exec(place)?.[1]);
  if (!buckets.every((bucket) => bucket !== undefined)) return undefined;
  // Where a bucket's name has dots, certificates of its own host would not fit.
  return buckets.map((bucket) => bucket.includes(".") ? domain : `${bucket}.${domain}`);
}

/** Tells whether the SDK takes keys from the environment, and asks nobody for others. */
function hasKeys(read: (name: string) => string | undefined): boolean {
  return !!read("AWS_ACCESS_KEY_ID") && !!read("AWS_SECRET_ACCESS_KEY") && !read("AWS_PROFILE");
}
