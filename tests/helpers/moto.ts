// deno-lint-ignore-file no-console
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free_port.ts";

/** moto's server whose Batch jobs really run, where it is at hand. */
const SERVER = fileURLToPath(
  new URL("../../../shared/tools/aws/moto_batch_local.py", import.meta.url),
);

/** Runs a job's image without a container engine. */
export const RUN_IMAGE: string = fileURLToPath(
  new URL("../../../shared/tools/aws/run-image.sh", import.meta.url),
);

/** A Python that has moto; `MEGAPTERA_TEST_PYTHON` may name one. */
export const MOTO_PYTHON: string | undefined = await (async () => {
  const named = Deno.env.get("MEGAPTERA_TEST_PYTHON");
  for (const python of named === undefined ? ["python3"] : [named]) {
    try {
      const args = ["-c", "import moto.server, moto.batch, moto.cloudformation, cfnlint"];
      if ((await new Deno.Command(python, { args, stderr: "null" }).output()).success) {
        return python;
      }
    } catch {
      // There is no such program.
    }
  }
  console.error(
    'Skipped: the tests with AWS made up need Python with "moto[server,batch]==5.2.5" and cfn-lint.',
  );
  return undefined;
})();

/** Whether jobs of a Batch made up can really run here. */
export const HAS_MOTO_BATCH: boolean = MOTO_PYTHON !== undefined &&
  await Deno.stat(SERVER).then(() => true, () => {
    console.error("Skipped: the Batch that really runs jobs is not at hand.");
    return false;
  });

/** AWS, made up, in a process of its own. */
export interface Moto extends AsyncDisposable {
  readonly origin: string;
  /** What the SDK's clients need in their environment, other than those of S3. */
  readonly environment: Record<string, string>;
  /** Takes the hosts of all running jobs away, as Spot does. */
  reclaim(): void;
}

/**
 * Starts it.
 *
 * @param environment What its jobs find in their environment.
 * @param options More arguments of the server that runs jobs; plain moto where it is left out.
 */
export async function startMoto(
  environment: Record<string, string>,
  options?: readonly string[],
): Promise<Moto> {
  const port = freePort();
  const server = options === undefined
    ? ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)]
    : [SERVER, "-p", String(port), ...options];
  const process = new Deno.Command(MOTO_PYTHON!, {
    args: server,
    env: environment,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0;; tries++) {
    try {
      await (await fetch(`${origin}/moto-api/`)).body?.cancel();
      break;
    } catch (error) {
      if (tries === 200) throw error;
      await wait(100);
    }
  }
  const services = ["BATCH", "CLOUDFORMATION", "CLOUDWATCH_LOGS", "ECR", "SERVICE_QUOTAS", "STS"];
  return {
    origin,
    environment: {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "testtest",
      AWS_REGION: "us-west-2",
      ...Object.fromEntries(services.map((name) => [`AWS_ENDPOINT_URL_${name}`, origin])),
    },
    reclaim: () => process.kill("SIGUSR1"),
    [Symbol.asyncDispose]: async () => {
      process.kill("SIGKILL");
      await process.status;
    },
  };
}
