import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { awsFault } from "../../batch/aws/aws_client.ts";
import { findBucket } from "../../batch/aws/stack_client.ts";
import { megaptera } from "../helpers/command_line.ts";
import { freePort } from "../helpers/free_port.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

const DAY = ["--start", "2021-01-01", "--stop", "2021-01-02"];
const LOCAL = ["--on", "local", "--model", "demo", "--source", "recordings"];
/** A machine on which nobody has logged in to AWS. */
const NOBODY = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_PROFILE: "",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_REGION: "us-west-2",
};

const cases: [what: string, args: string[], code: number, sentence: RegExp][] = [
  [
    "a range of no hours",
    ["batch-range", "--start", "2021-01-01", "--stop", "2021-01-01", ...LOCAL],
    64,
    /Cannot plan a range of 0 hours: --start 2021-01-01T00:00:00Z/,
  ],
  [
    "a range that stops before it starts",
    ["batch-range", "--start", "2021-01-02", "--stop", "2021-01-01", ...LOCAL],
    64,
    /Cannot plan a range that stops before it starts/,
  ],
  [
    "a day that there is not",
    ["batch-range", "--start", "2021-02-30", "--stop", "2021-03-05", ...LOCAL],
    64,
    /'2021-02-30' is invalid\. It must be the top of an hour on a day that exists, like 2021-01-01/,
  ],
  [
    "a range of no hour of the day",
    [
      "batch-range",
      "--start",
      "2021-01-01T00",
      "--stop",
      "2021-01-01T03",
      "--hours",
      "5",
      ...LOCAL,
    ],
    64,
    /no hour of it lies in --hours 5-6: choose other hours/,
  ],
  [
    "a range of twenty years",
    [
      "batch-range",
      "--start",
      "2001-01-01",
      "--stop",
      "2021-01-01",
      ...LOCAL,
      "--core-seconds",
      "400",
    ],
    64,
    /Cannot plan 175320 hours at once as they are more than 10000 jobs of an hour each/,
  ],
  [
    "days before a site's first",
    ["batch-range", "--start", "2001-01-01", "--stop", "2002-01-01", "--dry-run"],
    64,
    /as the archive mars begins on 2015-07-28: choose days within it/,
  ],
  [
    "a folder as the output of machines in a cloud",
    ["batch-range", ...DAY, "--model", "demo"],
    64,
    /as its machines can't reach it: name a bucket with --out/,
  ],
  [
    "recordings on this machine for machines in a cloud",
    [
      ...["batch-range", ...DAY, "--model", "demo", "--source", "file:///recordings"],
      ...["--out", "s3://whales/scores"],
    ],
    64,
    /Cannot score .*recordings on AWS as its machines can't reach it: put the recordings into a/,
  ],
  [
    "a bucket that is written to without credentials",
    ["batch-range", ...DAY, "--model", "demo", "--out", "s3://whales/scores"],
    77,
    /Cannot write to s3:\/\/whales\/scores as no credentials were found/,
  ],
  [
    "a region that is missing",
    ["batch-setup", "--yes"],
    77,
    /Cannot ask AWS whose account this is as no credentials were found/,
  ],
  [
    "a run that is not there",
    ["batch-status", "20210101-20210102-0123abcd"],
    64,
    /Cannot find the run/,
  ],
  [
    "an output without runs",
    ["batch-verify"],
    64,
    /Cannot tell which run of scores is meant: there is none/,
  ],
  ["logs of nothing", ["batch-logs"], 64, /none is named: say --share N or --failed/],
  [
    "half a network",
    ["batch-setup", "--yes", "--vpc", "vpc-1"],
    64,
    /give --vpc and --subnets together/,
  ],
  [
    "no Slurm",
    ["batch-range", ...DAY, ...LOCAL.slice(2), "--on", "slurm"],
    78,
    /there is no scontrol here: run this on a machine of the cluster/,
  ],
];
for (const [what, args, code, sentence] of cases) {
  Deno.test(`${what}: one sentence, and exit code ${code}`, () =>
    withFolder(async (folder) => {
      await Deno.mkdir(join(folder, "recordings"));
      const isSlurm = args.includes("slurm");
      const environment = { ...NOBODY, ...(isSlurm ? { PATH: folder } : {}) };
      const ended = await megaptera(args, join(folder, "cache"), environment, { cwd: folder });
      assert.equal(ended.code, code, ended.err);
      assert.match(ended.err, sentence);
      assert.equal(ended.err.trim().split("\n").length, 1, `one sentence: ${ended.err}`);
    }));
}

Deno.test("a bucket that may not be written to: one sentence, and exit code 77", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    server.forbidden.add("/sea");
    const out = ["--out", "s3://sea/scores", "--endpoint", server.origin];
    const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const ended = await megaptera(["batch-range", ...DAY, ...LOCAL, ...out], folder, keys);
    assert.equal(ended.code, 77, ended.err);
    assert.match(
      ended.err,
      /Cannot write to s3:\/\/sea\/scores as .*403 .*allow this user s3:PutObject/,
    );
  }));

Deno.test("a run that may cost too much, and a queue that is not there: one sentence each", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    const batch = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => Response.json({ jobQueues: [] }),
    );
    const environment = {
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_REGION: "us-west-2",
      AWS_ENDPOINT_URL_BATCH: `http://127.0.0.1:${batch.addr.port}`,
    };
    const out = ["--out", "s3://sea/scores", "--endpoint", server.origin];
    const range = ["batch-range", ...DAY, "--model", "demo", ...out];
    const dear = await megaptera([...range, "--yes", "--max-cost", "0"], folder, environment);
    assert.equal(dear.code, 64, dear.err);
    assert.match(
      dear.err,
      /it may cost about \$0\.\d\d at on-demand prices, more than --max-cost 0: plan a/,
    );
    const unasked = await megaptera(range, folder, environment);
    assert.equal(unasked.code, 64);
    const left = [...server.objects.keys()].filter((path) => path.startsWith("/sea/scores/"));
    assert.deepEqual(left, [], "what was not wanted leaves nothing behind");
    assert.match(unasked.err, /Cannot ask "Start 1 job\?" as there is no terminal: say --yes\./);
    const lost = await megaptera([...range, "--yes"], folder, environment);
    assert.equal(lost.code, 78, lost.err);
    assert.match(
      lost.err,
      /there is no such queue in us-west-2: create it with `megaptera batch-setup`/,
    );
    await batch.shutdown();
  }));

Deno.test("a bucket of somebody else's is refused, and one that is not there is none", async () => {
  await using server = await ObjectServer.start();
  server.forbidden.add("/theirs");
  const variables = {
    AWS_ENDPOINT_URL_S3: server.origin,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
  try {
    await assert.rejects(
      findBucket("theirs", "us-west-2"),
      /as it is somebody else's, or you may not/,
    );
    assert.equal(await findBucket("nobodys", "us-west-2"), false);
  } finally {
    for (const name of Object.keys(variables)) Deno.env.delete(name);
  }
});

Deno.test("Amazon is asked with the task's own permissions, also where certificates are added", () =>
  withFolder(async (folder) => {
    const certificates = join(folder, "added.pem");
    await Deno.writeTextFile(certificates, "");
    const environment = {
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_MAX_ATTEMPTS: "1",
      // As behind the proxies of many institutes.
      NODE_EXTRA_CA_CERTS: certificates,
      AWS_ENDPOINT_URL: `https://127.0.0.1:${freePort()}`,
    };
    const args = ["batch-setup", "--yes", "--aws-region", "us-west-2"];
    const ended = await megaptera(args, folder, environment, {
      flags: await taskFlags("batch-setup"),
    });
    assert.equal(ended.code, 75, ended.err);
    assert.match(
      ended.err,
      /Cannot ask AWS whose account this is as .*the connection was refused; try again\./,
    );
    assert.doesNotMatch(ended.err, /--allow-/);
  }));

Deno.test("a region that there is not is doubted", () => {
  const cause = new Error("failed to lookup address information: Name or service not known");
  const { kind, message } = awsFault("submit", new TypeError("error sending request", { cause }));
  assert.equal(kind, "retry");
  assert.match(
    message,
    /its server is not known: check the region \(--aws-region, AWS_REGION\) and/,
  );
});

Deno.test("what Amazon answers becomes a sentence with a kind that says what to do", () => {
  const fault = (name: string, message: string, status?: number) =>
    awsFault(
      "submit",
      Object.assign(new Error(message), {
        name,
        ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
      }),
    );
  const kinds = [
    fault("CredentialsProviderError", "Could not load credentials"),
    fault("ExpiredTokenException", "expired", 403),
    fault("AccessDeniedException", "User x is not authorized to perform batch:SubmitJob", 403),
    fault("Error", "Region is missing"),
    fault("ClientException", "JobDefinition x is not active.", 400),
    fault("TooManyRequestsException", "slow down", 429),
    fault("TimeoutError", "socket hang up"),
  ].map(({ kind, message }) => `${kind}: ${message}`);
  assert.deepEqual(kinds.map((text) => text.split(":")[0]), [
    ...["denied", "denied", "denied", "configuration", "configuration", "retry", "retry"],
  ]);
  assert.match(kinds[2], /this user may not: User x is not authorized to perform batch:SubmitJob;/);
  assert.match(kinds[4], /Amazon answers "JobDefinition x is not active"\.$/);
});

Deno.test("a dry run needs no weights, no credentials, no network and no native code", () =>
  withFolder(async (folder) => {
    const main = fileURLToPath(new URL("../../main.ts", import.meta.url));
    const year = ["--start", "2021-01-01", "--stop", "2022-01-01", "--out", "s3://whales/scores"];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-env",
        main,
        "batch-range",
        ...year,
        "--dry-run",
      ],
      env: { ...NOBODY, MEGAPTERA_CACHE: folder },
      cwd: folder,
    }).output();
    const text = new TextDecoder();
    const out = text.decode(stdout);
    assert.equal(code, 0, text.decode(stderr));
    assert.match(out, /8760 hours of s3:\S+ \(the site mars\): at most 1\.51 TB of audio to read/);
    assert.match(out, /7 h of audio a job, about 29 min each \(57 min .*, at 245 core-seconds/);
    assert.match(out, / on 64 vCPUs {4}about 19 h\n/);
    assert.match(out, /1252 jobs, about 617\.0 core-hours\./);
    assert.match(
      out,
      /about \$\d+\.\d\d at Spot and about \$\d+\.\d\d at on-demand prices, .* \(table of/,
    );
    assert.deepEqual(await filesBelow(folder), []);
  }));
