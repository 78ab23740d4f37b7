import assert from "node:assert/strict";
import { join } from "node:path";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { megaptera } from "../helpers/command_line.ts";
import { DAY_BYTES, writeSparseDay } from "../helpers/sparse_day.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { startVersitygw, VERSITYGW } from "../helpers/versitygw.ts";

const BUCKET = "pacific-sound-16khz";
/** Between hours in the middle of the day, and at the day's end but one. */
const SONG_AT = [5, 12, 23];
/** What the task may do, besides what its flags name by value. */
const ENVIRONMENT =
  /^(MEGAPTERA_CACHE|MEGAPTERA_COMMAND|XDG_CACHE_HOME|HOME|HOMEPATH|HOMEDRIVE|USERPROFILE|LOCALAPPDATA|NO_COLOR|FORCE_COLOR|CLICOLOR_FORCE|ORT_DISABLE_TELEMETRY|AWS_.*|_X_AMZN_TRACE_ID)$/;

/** Lets everybody read a bucket, as a public archive does. */
async function makePublic(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "testtest" };
  const client = new S3Client({ endpoint, region: "us-west-2", forcePathStyle: true, credentials });
  const Resource = [`arn:aws:s3:::${BUCKET}/*`];
  const Statement = [{ Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource }];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  client.destroy();
}

Deno.test({
  name: "a public day of 4.15 GB from a real S3 server gives the bytes that it gives from disk",
  ignore: VERSITYGW === undefined,
}, () =>
  withFolder(async (folder) => {
    const root = join(folder, "s3");
    const day = join(root, BUCKET, "2021", "01", "MARS-20210101T000000Z-16kHz.wav");
    await Deno.mkdir(join(root, BUCKET, "2021", "01"), { recursive: true });
    await Deno.mkdir(join(root, "results"));
    await writeSparseDay(day, SONG_AT);
    await using server = await startVersitygw(root);
    await makePublic(server.origin);
    const audit = join(folder, "audit.jsonl");
    const range = ["score", "--date", "2021-01-01", "--endpoint", server.origin, "--model", "demo"];
    const out = ["--out", "s3://results/scores", "--out-region", "us-west-2"];
    const far = await megaptera([...range, ...out, "--log", "json"], folder, {
      DENO_AUDIT_PERMISSIONS: audit,
    });
    assert.equal(far.code, 0, far.err);
    const near = await megaptera(
      ["score", day, "--model", "demo", "--out", join(folder, "disk")],
      folder,
    );
    assert.equal(near.code, 0, near.err);
    const scores = await scoresBelow(join(folder, "disk"));
    assert.equal(Object.keys(scores).length, 24);
    assert.deepEqual(await scoresBelow(join(root, "results", "scores")), scores);

    const summary = JSON.parse(far.out.trimEnd().split("\n").at(-1)!);
    assert.equal(summary.hours.scored, 24);
    assert.ok(summary.effort_s > 300, "the song is scored");
    const most = 1.01 * DAY_BYTES;
    assert.ok(summary.bytes_fetched <= most, `${summary.bytes_fetched} bytes were fetched`);

    await heldTo(audit, server.port);

    const again = await megaptera([...range, ...out, "--log", "json"], folder);
    assert.equal(JSON.parse(again.out.trimEnd().split("\n").at(-1)!).hours.done, 24, again.err);
  }));

/** Nothing was touched that the task does not name, and no other server than the archive's. */
async function heldTo(audit: string, port: number): Promise<void> {
  let workers = 0;
  for (const line of (await Deno.readTextFile(audit)).trimEnd().split("\n")) {
    const { permission, value } = JSON.parse(line);
    switch (permission) {
      case "read":
      case "write":
      case "ffi":
        break;
      case "env":
        assert.match(value, ENVIRONMENT);
        break;
      case "sys":
        assert.equal(value, "osRelease");
        break;
      case "net":
        // Once, as the Worker is made that may reach that server alone.
        if (value === null && workers++ === 0) break;
        assert.ok(value.includes(`127.0.0.1:${port}`), value);
        break;
      default:
        assert.fail(`${permission} ${value}`);
    }
  }
}
