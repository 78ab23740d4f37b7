import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { awsFault, clientSettings, STACK, StackClient } from "../batch/mod.ts";
import { MegapteraError } from "../core/mod.ts";
import { addRegionOption } from "./batch/batch_options.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { print, tell } from "./print.ts";

/** The options of `batch-push`, checked. */
interface PushArguments {
  awsRegion?: string;
  with?: "docker" | "podman";
  model?: string;
}

const ENGINES = ["docker", "podman"] as const;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Adds `batch-push`. */
export function addBatchPush(program: Command, environment: Environment): void {
  const command = program.command("batch-push")
    .description("build the worker's image and push it, with docker or podman")
    .addOption(
      new Option("--with <engine>", "docker or podman; the first that is there").choices(ENGINES),
    )
    .option("--model <what>", "put a detector into the image: download, or an archive in model/");
  addRegionOption(command).action((options: PushArguments) => batchPush(options, environment));
}

/** Builds the worker's image and pushes it into the stack's repository. */
async function batchPush(options: PushArguments, environment: Environment): Promise<void> {
  const stack = new StackClient(options.awsRegion);
  try {
    const found = await stack.find();
    const repository = found?.Outputs?.find(({ OutputKey }) => OutputKey === "Repository")
      ?.OutputValue;
    if (repository === undefined) {
      throw new MegapteraError(
        "configuration",
        `Cannot push the image as there is no stack ${STACK} in ${await stack.region()}: run ` +
          "`megaptera batch-setup` first.",
      );
    }
    const engine = options.with ?? await findEngine();
    const image = `${repository}:latest`;
    const { user, password } = await login(await stack.region());
    const build = ["build", "--platform", "linux/amd64", "-t", image];
    const model = options.model === undefined ? [] : ["--build-arg", `MODEL=${options.model}`];
    await run(engine, [...build, ...model, ROOT]);
    const registry = repository.split("/")[0];
    await run(engine, ["login", "--username", user, "--password-stdin", registry], password);
    await run(engine, ["push", image]);
    print(`Pushed ${image}`);
    const { awsRegion } = options;
    const out = found?.Outputs?.find(({ OutputKey }) => OutputKey === "Output")?.OutputValue;
    const words = optionWords({ out, awsRegion }, "out", "awsRegion");
    tellNext(environment, "batch-doctor", ...words);
  } finally {
    await stack.close();
  }
}

async function findEngine(): Promise<string> {
  for (const engine of ENGINES) {
    const isThere = await new Deno.Command(engine, { args: ["--version"], stdout: "null" }).output()
      .then(({ success }) => success, () => false);
    if (isThere) return engine;
  }
  throw new MegapteraError(
    "configuration",
    "Cannot build the image as there is neither docker nor podman here: install one of them.",
  );
}

async function login(region: string): Promise<{ user: string; password: string }> {
  const { ECRClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr");
  const client = new ECRClient(clientSettings(region));
  try {
    const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({}));
    const [user, password] = atob(authorizationData[0].authorizationToken!).split(":");
    return { user, password };
  } catch (error) {
    throw awsFault("log in to the image repository", error);
  } finally {
    client.destroy();
  }
}

async function run(engine: string, args: readonly string[], input?: string): Promise<void> {
  tell(`${engine} ${args[0]} …`);
  const child = new Deno.Command(engine, {
    args: [...args],
    stdin: input === undefined ? "null" : "piped",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  }
  const { code } = await child.status;
  if (code === 0) return;
  throw new MegapteraError(
    "configuration",
    `Cannot push the image as \`${engine} ${args[0]}\` ended with ${code}: see what it says above.`,
  );
}
