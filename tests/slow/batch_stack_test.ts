import assert from "node:assert/strict";
import { CreateBucketCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { fileURLToPath } from "node:url";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { mayDo, type Policy } from "../helpers/iam_policy.ts";
import { type Moto, MOTO_PYTHON, startMoto } from "../helpers/moto.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const TEMPLATE = fileURLToPath(new URL("../../batch/stack.yaml", import.meta.url));
const BUCKET = "megaptera-123456789012-us-west-2";

/** Asks a service of the older kind. */
async function ask(moto: Moto, service: string, fields: Record<string, string>): Promise<string> {
  const credential = `Credential=a/20210101/us-west-2/${service}/aws4_request`;
  const response = await fetch(moto.origin, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { authorization: `AWS4-HMAC-SHA256 ${credential}` },
  });
  return await response.text();
}

const all = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)`, "g"))].map(([, value]) => value);

async function rolePolicies(moto: Moto): Promise<Map<string, Policy>> {
  const iam = (fields: Record<string, string>) =>
    ask(moto, "iam", { Version: "2010-05-08", ...fields });
  const policies = new Map<string, Policy>();
  for (const RoleName of all(await iam({ Action: "ListRoles" }), "RoleName")) {
    const names = all(await iam({ Action: "ListRolePolicies", RoleName }), "member");
    for (const PolicyName of names) {
      const xml = await iam({ Action: "GetRolePolicy", RoleName, PolicyName });
      const [text] = all(xml, "PolicyDocument");
      // moto prints what the template says as Python would.
      policies.set(PolicyName, JSON.parse(text.replaceAll("'", '"')));
    }
  }
  return policies;
}

Deno.test({
  name: "the template passes cfn-lint",
  ignore: MOTO_PYTHON === undefined,
  fn: async () => {
    const args = ["-c", "from cfnlint.runner import main; main()", TEMPLATE];
    const { code, stdout } = await new Deno.Command(MOTO_PYTHON!, { args }).output();
    assert.equal(code, 0, new TextDecoder().decode(stdout));
  },
});

Deno.test({
  name:
    "setup makes the stack, its job may do what it must and no more, and teardown keeps the scores",
  ignore: MOTO_PYTHON === undefined,
  fn: () =>
    withFolder(async (folder) => {
      await using moto = await startMoto({});
      const environment = { ...moto.environment, AWS_ENDPOINT_URL: moto.origin };
      const run = (...args: string[]): Promise<Ended> => megaptera(args, folder, environment);
      const role = all(
        await ask(moto, "iam", {
          Version: "2010-05-08",
          Action: "CreateRole",
          RoleName: "batch",
          AssumeRolePolicyDocument: "{}",
        }),
        "Arn",
      )[0];

      const unasked = await run("batch-setup", "--service-role", role);
      assert.equal(unasked.code, 64);
      assert.match(unasked.err, /Cannot ask "Create it\?" as there is no terminal: say --yes\./);
      const made = await run("batch-setup", "--yes", "--service-role", role);
      assert.equal(made.code, 0, made.err);
      assert.match(made.out, /At rest it costs nothing but storage/);
      assert.ok(made.out.includes(`Ready. The output is s3://${BUCKET}/scores`));

      const job = (await rolePolicies(moto)).get("read-source-write-scores")!;
      const own = `arn:aws:s3:::${BUCKET}`;
      const may = (action: string, resource: string, prefix?: string): boolean =>
        mayDo(job, action, resource, prefix === undefined ? {} : { "s3:prefix": prefix });
      assert.ok(may("s3:GetObject", "arn:aws:s3:::pacific-sound-16khz/2021/01/a.wav"));
      assert.ok(may("s3:ListBucket", "arn:aws:s3:::pacific-sound-16khz"));
      assert.ok(may("s3:PutObject", `${own}/scores/2021/01/20210101_00.csv`));
      assert.ok(may("s3:GetObject", `${own}/scores/2021/01/20210101_00.json`));
      assert.ok(may("s3:ListBucket", own, "scores/2021/01/20210101_"));
      // Asked for a key that is not there, S3 says so to who may list with that key as the prefix.
      assert.ok(may("s3:ListBucket", own, "scores/2021/01/20210101_00.json"));
      assert.ok(may("s3:ListBucket", own, "models/google-humpback_whale-1/model.json"));
      assert.ok(may("s3:GetObject", `${own}/models/google-humpback_whale-1/network.onnx`));

      assert.ok(!may("s3:PutObject", `${own}/scores-of-others/a.csv`), "write beside the prefix");
      assert.ok(!may("s3:PutObject", `${own}/models/a`), "write detectors");
      assert.ok(!may("s3:PutObject", "arn:aws:s3:::pacific-sound-16khz/a.wav"), "write recordings");
      assert.ok(!may("s3:GetObject", "arn:aws:s3:::another/scores/a.csv"), "read another bucket");
      assert.ok(!may("s3:GetObject", `${own}/private/a.csv`), "read beside the prefix");
      assert.ok(!may("s3:ListBucket", own, "private/"), "list beside the prefix");
      assert.ok(!may("s3:ListBucket", own), "list the whole bucket");
      // Only scores of an hour whose audio is gone, and never an older version.
      assert.ok(may("s3:DeleteObject", `${own}/scores/2021/01/20210101_00.csv`));
      assert.ok(!may("s3:DeleteObject", `${own}/scores/2021/01/20210101_00.json`));
      assert.ok(!may("s3:DeleteObject", `${own}/scores-of-others/a.csv`));
      for (const action of ["s3:DeleteObjectVersion", "s3:PutBucketPolicy"]) {
        assert.ok(!may(action, `${own}/scores/2021/01/20210101_00.csv`), action);
        assert.ok(!may(action, own), action);
      }
      for (const action of ["iam:PassRole", "batch:SubmitJob", "ec2:RunInstances"]) {
        assert.ok(!may(action, "*"), action);
      }
      const pull = (await rolePolicies(moto)).get("pull-and-log")!;
      assert.ok(!mayDo(pull, "s3:GetObject", `${own}/scores/a`, {}));
      assert.ok(!mayDo(pull, "ecr:PutImage", "*", {}));

      // Found again by its name, a bucket is not made anew; a doctor says what is still missing.
      const again = await run("batch-setup", "--yes", "--service-role", role, "--max-vcpus", "128");
      assert.equal(again.code, 0, again.err);
      const where = ["--out", `s3://${BUCKET}/scores`, "--endpoint", moto.origin];
      const doctor = await run("batch-doctor", ...where);
      assert.equal(doctor.code, 78);
      assert.match(doctor.out, /ok {5}credentials {2}they are of the account 123456789012/);
      assert.match(doctor.out, /ok {5}output .* can be written to and listed/);
      assert.match(doctor.out, /ok {5}queue .* the queue megaptera takes jobs/);
      assert.match(doctor.out, /amiss {2}image .* build and push it with `megaptera batch-push`/);

      assert.match(doctor.out, /^- {6}detector {5}not looked at, as this needs: image$/m);
      const beside = ["--out", `s3://${BUCKET}/elsewhere`, "--endpoint", moto.origin];
      const lost = await run("batch-doctor", ...beside);
      assert.match(
        lost.out,
        /amiss {2}output .* jobs of the stack megaptera may write below s3:.*scores and nowhere else/,
      );
      const folderOnly = await run("batch-doctor");
      assert.match(folderOnly.out, /amiss {2}output .* as its machines can't reach it/);

      const torn = await run("batch-teardown");
      assert.equal(torn.code, 64);
      assert.ok(torn.out.includes(`The bucket ${BUCKET} and all that is in it stay.`));
    }),
});

Deno.test({
  name: "a stack is changed only where options say so, and teardown goes to its end",
  ignore: MOTO_PYTHON === undefined,
  fn: () =>
    withFolder(async (folder) => {
      await using moto = await startMoto({});
      const environment = { ...moto.environment, AWS_ENDPOINT_URL: moto.origin };
      const run = (...args: string[]): Promise<Ended> => megaptera(args, folder, environment);
      const ec2 = (Action: string) => ask(moto, "ec2", { Version: "2016-11-15", Action });
      // moto can't remove the network that a stack made, but can leave one of one's own alone.
      const [vpc] = all(await ec2("DescribeVpcs"), "vpcId");
      const [subnet] = all(await ec2("DescribeSubnets"), "subnetId");
      const iam = { Version: "2010-05-08", Action: "CreateRole", AssumeRolePolicyDocument: "{}" };
      const [role] = all(await ask(moto, "iam", { ...iam, RoleName: "batch" }), "Arn");
      const s3 = new S3Client({
        endpoint: moto.origin,
        region: "us-west-2",
        forcePathStyle: true,
        credentials: { accessKeyId: "test", secretAccessKey: "testtest" },
      });
      const region = { LocationConstraint: "us-west-2" as const };
      await s3.send(new CreateBucketCommand({ Bucket: "ours", CreateBucketConfiguration: region }));

      const own = ["--vpc", vpc, "--subnets", subnet, "--service-role", role];
      const first = await run(
        "batch-setup",
        "--yes",
        "--bucket",
        "ours",
        "--prefix",
        "mars",
        ...own,
      );
      assert.equal(first.code, 0, first.err);
      assert.match(first.out, /bucket {8}ours, which is there/);
      const later = await run("batch-setup", "--yes", "--max-vcpus", "128");
      assert.equal(later.code, 0, later.err);
      // moto prints a list as Python would.
      assert.match(later.out, new RegExp(`network {7}${vpc}: .*${subnet}`));
      assert.match(later.out, /0 to 128 vCPUs/);
      assert.match(later.out, /write below s3:\/\/ours\/mars\//);
      const stacks = await ask(moto, "cloudformation", {
        Version: "2010-05-15",
        Action: "DescribeStacks",
      });
      // The bucket was there before: an update must not try to make it.
      assert.match(
        stacks,
        /<ParameterKey>CreateBucket<\/ParameterKey>\s*<ParameterValue>no<\/ParameterValue>/,
      );

      const torn = await run("batch-teardown", "--yes");
      assert.equal(torn.code, 0, torn.err);
      assert.match(torn.out, /Removed\. The scores are still in ours\./);
      await s3.send(new HeadBucketCommand({ Bucket: "ours" }));
      s3.destroy();
      const gone = await run("batch-teardown", "--yes");
      assert.equal(gone.code, 0, gone.err);
      assert.match(gone.out, /There is no stack megaptera in us-west-2: nothing to remove\./);
    }),
});
