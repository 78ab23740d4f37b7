import assert from "node:assert/strict";
import {
  openSource,
  openStorage,
  RemoteAccess,
  type RemoteOptions,
} from "../../../pipeline/places/mod.ts";
import { listFiles } from "../../../pipeline/places/schemes.ts";
import { ServerOfAnswers } from "../../helpers/server_of_answers.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

/** Runs a test as on a machine where nobody has set up anything of Amazon's. */
async function onBareMachine(run: () => Promise<void>): Promise<void> {
  const before = Deno.env.toObject();
  await withFolder(async (home) => {
    try {
      for (const name of Object.keys(before)) if (name.startsWith("AWS_")) Deno.env.delete(name);
      Deno.env.set("HOME", home);
      Deno.env.set("AWS_EC2_METADATA_DISABLED", "true");
      await run();
    } finally {
      for (const name of Object.keys(Deno.env.toObject())) {
        if (name.startsWith("AWS_")) Deno.env.delete(name);
      }
      for (const [name, value] of Object.entries(before)) Deno.env.set(name, value);
    }
  });
}

async function refused(options: RemoteOptions, kind: string, message: RegExp): Promise<void> {
  const seams = { sleep: () => Promise.reject(new Error("It was tried again")) };
  const access = new RemoteAccess({ ...options, seams });
  await assert.rejects(openSource("s3://sea/a.wav", access), { kind, message });
  access.close();
}

Deno.test("without credentials one is told to log in, or to read without a signature", () =>
  onBareMachine(() =>
    refused(
      { endpoint: "http://127.0.0.1:7999" },
      "denied",
      /^Cannot read s3:\/\/sea\/a\.wav as no credentials were found .*log in.*--unsigned\.$/,
    )
  ));

Deno.test("without a region one is told to give it", () =>
  onBareMachine(() => refused({}, "configuration", /the region .* is not known: .*--region/)));

Deno.test("a server other than Amazon's is asked in the region that AWS tools would take", () =>
  onBareMachine(async () => {
    Deno.env.set("AWS_ACCESS_KEY_ID", "a");
    Deno.env.set("AWS_SECRET_ACCESS_KEY", "b");
    const regionOf = async (options: RemoteOptions): Promise<string> => {
      const access = new RemoteAccess({ endpoint: "http://127.0.0.1:7999", ...options });
      const region = await (await access.s3()).config.region();
      access.close();
      return region;
    };
    assert.equal(await regionOf({}), "us-east-1", "some server's only one");
    const profile = `${Deno.env.get("HOME")}/config`;
    await Deno.writeTextFile(profile, "[default]\nregion = eu-west-3\n");
    Deno.env.set("AWS_CONFIG_FILE", profile);
    assert.equal(await regionOf({}), "eu-west-3");
    Deno.env.set("AWS_REGION", "us-west-2");
    assert.equal(await regionOf({}), "us-west-2");
    assert.equal(await regionOf({ region: "eu-north-1" }), "eu-north-1");
  }));

Deno.test("who can't write to a bucket is not told what holds for reading", () =>
  onBareMachine(async () => {
    const output = { regionOption: "--out-region" };
    const written = async (options: RemoteOptions): Promise<string> => {
      const access = new RemoteAccess({ ...output, ...options });
      const fault = await openStorage("s3://mine/scores", access).tryWriting().catch((e) => e);
      access.close();
      return fault.message;
    };
    assert.match(
      await written({}),
      /is not known: give it with --out-region, or set AWS_REGION\.$/,
    );
    const loggedOut = await written({ endpoint: "http://127.0.0.1:7999" });
    assert.match(loggedOut, /no credentials were found .*log in/);
    assert.doesNotMatch(loggedOut, /--unsigned/);
    await using server = await ServerOfAnswers.start(404, "XAdminUserNotFound");
    Deno.env.set("AWS_ACCESS_KEY_ID", "nobody");
    Deno.env.set("AWS_SECRET_ACCESS_KEY", "nothing");
    const unknown = await written({ endpoint: server.origin });
    assert.match(unknown, /credentials are not accepted .*sso login\)\.$/);
  }));

Deno.test("every request says that its sender pays, where that was agreed to", () =>
  onBareMachine(async () => {
    await using server = await ServerOfAnswers.start(403, "AccessDenied");
    Deno.env.set("AWS_ACCESS_KEY_ID", "payer");
    Deno.env.set("AWS_SECRET_ACCESS_KEY", "secret");
    for (const requesterPays of [true, undefined]) {
      const access = new RemoteAccess({ endpoint: server.origin, requesterPays });
      await assert.rejects(openSource("s3://sea/a.wav", access), { reason: "forbidden" });
      await assert.rejects(Array.fromAsync(listFiles("s3://sea/", access)), /s3:ListBucket/);
      access.close();
    }
    const payers = server.requests.map(({ headers }) => headers["x-amz-request-payer"]);
    assert.deepEqual(payers, ["requester", "requester", undefined, undefined]);
  }));

Deno.test("an endpoint that is no address is refused, and so is a place without a key", async () => {
  await refused(
    { endpoint: "127.0.0.1:7999" },
    "configuration",
    /endpoint 127\.0\.0\.1:7999 is not an/,
  );
  await assert.rejects(openSource("s3://sea"), { kind: "usage", message: /names no key/ });
  await assert.rejects(openSource("s3:///a.wav"), { kind: "usage", message: /names no bucket/ });
});

Deno.test({
  name: "a server that is not permitted to Deno says what to add",
  permissions: { net: false, env: "inherit", sys: "inherit", read: "inherit" },
  fn: () =>
    refused(
      { endpoint: "http://127.0.0.1:7999", unsigned: true },
      "denied",
      /127\.0\.0\.1:7999.*allow it with --allow-net\.$/,
    ),
});
