import assert from "node:assert/strict";
import { openStorage, RemoteAccess } from "../../../pipeline/places/mod.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";
import { startVersitygw, VERSITYGW } from "../../helpers/versitygw.ts";
import { storageSuite } from "./storage_suite.ts";

Deno.test("a folder on disk keeps what every storage promises", (test) =>
  withFolder(async (folder) => {
    await storageSuite(test, () => openStorage(`${folder}/scores`));
    const left = await filesBelow(`${folder}/scores`);
    assert(left.every((name) => !name.endsWith(".partial")));
  }));

Deno.test("a bucket keeps what every storage promises", async (test) => {
  await using server = await ObjectServer.start();
  const access = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  server.objects.set("/sea/scoresheet", { bytes: new Uint8Array(1) });
  await storageSuite(test, () => openStorage("s3://sea/scores/", access));
  access.close();
});

Deno.test({
  name: "a bucket of a real S3 server keeps what every storage promises",
  ignore: VERSITYGW === undefined,
  fn: (test) =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/sea`);
      await using server = await startVersitygw(folder);
      const access = new RemoteAccess({ endpoint: server.origin, region: "us-west-2" });
      await storageSuite(test, () => openStorage("s3://sea/some scores", access));
      await storageSuite(test, () => openStorage("s3://sea/other", access));
      const lake = openStorage("s3://lake", access).tryWriting();
      await assert.rejects(lake, { kind: "data", message: /as there is no bucket lake: check/ });
      access.close();
    }),
});

Deno.test("an address of http is no place for scores", () => {
  assert.throws(() => openStorage("https://example.org/scores"), { kind: "usage" });
  assert.throws(() => openStorage("s3://"), { kind: "usage" });
});
