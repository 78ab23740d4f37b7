// deno-lint-ignore-file no-console
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRoot } from "./is_root.ts";

const ENVIRONMENT = { STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot" };

/** How a program ended. */
export interface ProgramEnd {
  code: number;
  out: string;
  err: string;
}

/** Runs a program; images are built and run without a container engine. */
export async function runProgram(name: string, ...args: string[]): Promise<ProgramEnd> {
  const { code, stdout, stderr } = await new Deno.Command(name, { args, env: ENVIRONMENT })
    .output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout).trim(), err: text.decode(stderr) };
}

/** Runs `buildah`, which must succeed. */
export async function buildah(...args: string[]): Promise<string> {
  const { code, out, err } = await runProgram("buildah", ...args);
  if (code !== 0) throw new Error(`buildah ${args.join(" ")}: ${err}`);
  return out;
}

/** Whether images can be built here: Debian's `buildah` and `mmdebstrap`, as root. */
export const HAS_BUILDAH: boolean = await (async () => {
  try {
    const [one, other] = [["buildah", "--version"], ["mmdebstrap", "--version"]];
    await runProgram(one[0], one[1]);
    await runProgram(other[0], other[1]);
    if (await isRoot()) return true;
  } catch {
    // One of them is not there.
  }
  console.error("Skipped: the tests of the image need buildah and mmdebstrap, and root.");
  return false;
})();

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BASE = "docker.io/denoland/deno:debian-2.9.6";

/** The worker's image, removed in the end. */
export interface WorkerImage extends AsyncDisposable {
  readonly name: string;
}

/** Builds the Dockerfile unchanged, on a stand-in for its base image. */
export async function buildWorkerImage(): Promise<WorkerImage> {
  // Two test files may build one at the same time.
  const image = `megaptera-test-${crypto.randomUUID()}`;
  const folder = await Deno.makeTempDir();
  try {
    const there = await runProgram("buildah", "inspect", "--type", "image", BASE);
    if (there.code !== 0) await makeBaseImage(BASE, folder);
    await buildah("bud", "-q", "--isolation", "chroot", "--pull-never", "-t", image, ROOT);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return {
    name: image,
    [Symbol.asyncDispose]: async () => {
      await runProgram("buildah", "rmi", "-f", image);
    },
  };
}

/**
 * Makes a stand-in for the base image that the Dockerfile names, which no registry gives here:
 * Debian, this deno, and the certificates of this machine.
 *
 * @param name The image's name.
 * @param folder A folder for what is made on the way.
 */
async function makeBaseImage(name: string, folder: string): Promise<void> {
  const tar = join(folder, "base.tar");
  const packages = "--include=ca-certificates,libstdc++6";
  const made = await runProgram("mmdebstrap", "--variant=essential", packages, "bookworm", tar);
  if (made.code !== 0) throw new Error(`mmdebstrap: ${made.err}`);
  const container = await buildah("from", "scratch");
  await buildah("add", "-q", container, tar, "/");
  await buildah("add", "-q", container, Deno.execPath(), "/usr/bin/deno");
  const certificates = "/etc/ssl/certs/ca-certificates.crt";
  await buildah("add", "-q", container, certificates, certificates);
  await buildah("config", "--env", "DENO_TLS_CA_STORE=system", container);
  await buildah("commit", "-q", container, name);
  await buildah("rm", container);
}
