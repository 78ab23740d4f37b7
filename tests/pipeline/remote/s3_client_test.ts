import assert from "node:assert/strict";
import { openSource } from "../../../pipeline/recording/mod.ts";
import { RemoteAccess, type RemoteOptions } from "../../../pipeline/remote/mod.ts";
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
      Deno.env.delete("AWS_EC2_METADATA_DISABLED");
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
