import { join } from "node:path";
import { isFar } from "../rights.ts";
import type { ScoreWork } from "../score.ts";

/** What has the AWS SDK ask elsewhere than it usually would: variables, and the same in its file. */
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
