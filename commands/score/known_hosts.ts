import { join } from "node:path";
import type { ScoreArguments } from "../arguments.ts";
import { isFar } from "../rights.ts";
import type { ChosenSource } from "./choose_source.ts";

/** What has the AWS SDK ask elsewhere than it usually would: variables, and the same in its file. */
const ELSEWHERE = [
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
];
const ELSEWHERE_IN_FILE = /^\s*(endpoint_url|use_fips_endpoint|use_dualstack_endpoint)\s*=/m;

/**
 * Tells which hosts a run of `score` asks, where that is known beforehand: of a public bucket of Amazon's
 * its own, of an S3 server its own. An http server may send one on to another, and who signs may ask
 * others for credentials.
 *
 * @param files What is named to be scored.
 * @param options The command's options.
 * @param source Where a range's recordings are.
 * @param read Reads a variable of the environment.
 * @returns The hosts; nothing where they are not known, or none is asked.
 */
export async function knownHosts(
  files: readonly string[],
  { endpoint, out, region, unsigned }: ScoreArguments,
  source: ChosenSource | undefined,
  read: (name: string) => string | undefined,
): Promise<string[] | undefined> {
  const places = [...(source ? [source.source] : files), out].filter((place) => isFar([place], {}));
  if (places.length === 0 || !places.every((place) => place.startsWith("s3://"))) return undefined;
  const isUnsigned = unsigned ?? source?.site?.unsigned ?? false;
  if (endpoint !== undefined) {
    const isSigned = !!read("AWS_ACCESS_KEY_ID");
    return isUnsigned || isSigned ? [new URL(endpoint).host] : undefined;
  }
  const inRegion = region ?? source?.site?.region;
  if (!isUnsigned || inRegion === undefined || isFar([out], {})) return undefined;
  if (ELSEWHERE.some(read)) return undefined;
  const file = read("AWS_CONFIG_FILE") ?? join(read("HOME") ?? ".", ".aws", "config");
  if (ELSEWHERE_IN_FILE.test(await Deno.readTextFile(file).catch(() => ""))) return undefined;
  const domain = `s3.${inRegion}.amazonaws.com${inRegion.startsWith("cn-") ? ".cn" : ""}`;
  // Where a bucket's name has dots, certificates of its own host would not fit.
  return places.map((place) => {
    const [, bucket] = /^s3:\/\/([^/]+)/.exec(place)!;
    return bucket.includes(".") ? domain : `${bucket}.${domain}`;
  });
}
