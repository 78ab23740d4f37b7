import { fileURLToPath } from "node:url";
import type { Stack } from "@aws-sdk/client-cloudformation";
import { type Command, Option } from "commander";
import { accountOf, findBucket, PRICES, STACK, StackClient } from "../batch/mod.ts";
import { MegapteraError } from "../core/mod.ts";
import { addRegionOption } from "./batch/batch_options.ts";
import { ask } from "./batch/hand_over.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { wholeNumber } from "./option_values.ts";
import { print, tell } from "./print.ts";

/** The options of `batch-setup`, checked. */
interface SetupArguments {
  bucket?: string;
  prefix?: string;
  sourceBucket?: string;
  maxVcpus?: number;
  vpc?: string;
  subnets?: string;
  serviceRole?: string;
  awsRegion?: string;
  yes?: boolean;
}

/** Adds `batch-setup`. */
export function addBatchSetup(program: Command, environment: Environment): void {
  const command = program.command("batch-setup")
    .description("make all that scoring on AWS needs, by one CloudFormation template")
    .option("--bucket <name>", "the bucket for scores; made where it is not there")
    .option("--prefix <folder>", "the only folder of it that jobs may write to; scores by default")
    .option(
      "--source-bucket <name>",
      "the bucket of the recordings: pacific-sound-16khz by default",
    )
    .addOption(
      new Option("--max-vcpus <n>", "vCPUs at work at most; 64 by default")
        .argParser(wholeNumber(1, 10_000)),
    )
    .option("--vpc <id>", "a network of your own, with --subnets")
    .option("--subnets <ids>", "its subnets, with commas")
    .option("--service-role <arn>", "a role for Batch where its own can't be made");
  addRegionOption(command)
    .option("--yes", "do not ask")
    .action((options: SetupArguments) => batchSetup(options, environment));
}

const TEMPLATE = fileURLToPath(new URL("../batch/stack.yaml", import.meta.url));

/** Parameters of a stack that is new, where nothing else is said. */
const USUAL = { prefix: "scores", sourceBucket: "pacific-sound-16khz", maxVcpus: 64 };

/**
 * Makes all that scoring on AWS needs, by one CloudFormation template. A stack that is
 * there is changed where options say so, and nowhere else.
 */
async function batchSetup(options: SetupArguments, environment: Environment): Promise<void> {
  const { awsRegion } = options;
  if ((options.vpc === undefined) !== (options.subnets === undefined)) {
    throw new MegapteraError(
      "usage",
      "Cannot use a network of your own by halves: give --vpc and --subnets together.",
    );
  }
  const stack = new StackClient(awsRegion);
  try {
    const region = await stack.region();
    const account = await accountOf(region);
    const before = parametersOf(await stack.find());
    const bucket = options.bucket ?? before.ResultsBucket ?? `${STACK}-${account}-${region}`;
    const prefix = options.prefix?.replace(/\/+$/, "") ?? before.OutputPrefix ?? USUAL.prefix;
    const sourceBucket = options.sourceBucket ?? before.SourceBucket ?? USUAL.sourceBucket;
    const maxVcpus = options.maxVcpus ?? before.MaxVcpus ?? USUAL.maxVcpus;
    const vpc = options.vpc ?? before.VpcId ?? "";
    const subnets = options.subnets ?? before.SubnetIds ?? "";
    const isOfStack = before.ResultsBucket === bucket;
    const isThere = !isOfStack && await findBucket(bucket, region);
    print(`Into the account ${account}, region ${region}, as the stack ${STACK}:`);
    print(
      `  bucket        ${bucket}${isThere || isOfStack ? ", which is there" : ", kept for ever"}`,
    );
    print(
      `  network       ${
        vpc !== ""
          ? `${vpc}: ${subnets}`
          : `a VPC, subnets in ${region === "us-west-1" ? "two" : "three"} zones, a gateway to S3`
      }`,
    );
    print(`  machines      0 to ${maxVcpus} vCPUs of Spot (${families()}), only while jobs run`);
    print(
      "  and           a queue, a job definition, three roles, a log group, an image repository",
    );
    print(
      `  jobs may      read ${sourceBucket} and write below s3://${bucket}/${prefix}/, nothing else`,
    );
    print(
      "At rest it costs nothing but storage: the image about $0.05 and scores " +
        `$${PRICES.gigabyteMonth} a GB, a month.`,
    );
    if (!options.yes) ask(Object.keys(before).length > 0 ? "Change it?" : "Create it?");
    await stack.put(await Deno.readTextFile(TEMPLATE), {
      ResultsBucket: bucket,
      // A bucket that was there before the stack was never the stack's to make.
      CreateBucket: isOfStack ? before.CreateBucket ?? "yes" : isThere ? "no" : "yes",
      OutputPrefix: prefix,
      SourceBucket: sourceBucket,
      MaxVcpus: String(maxVcpus),
      VpcId: vpc,
      SubnetIds: subnets,
      ServiceRole: options.serviceRole ?? before.ServiceRole ?? "",
    }, tell);
    print(`Ready. The output is s3://${bucket}/${prefix}`);
    tellNext(environment, "batch-push", ...optionWords({ awsRegion }, "awsRegion"));
    const out = ["--out", `s3://${bucket}/${prefix}`, "--out-region", region];
    tellNext(environment, "batch-doctor", ...out, ...optionWords({ awsRegion }, "awsRegion"));
  } finally {
    await stack.close();
  }
}

/** Reads the parameters that the stack was made with. */
function parametersOf(stack: Stack | undefined): Record<string, string | undefined> {
  const { Parameters = [] } = stack ?? {};
  return Object.fromEntries(
    Parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey!, ParameterValue]),
  );
}

function families(): string {
  return PRICES.machines.map(({ family }) => family).join(", ");
}
