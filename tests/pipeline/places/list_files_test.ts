import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { listFiles, openSource, RemoteAccess, SourceFault } from "../../../pipeline/places/mod.ts";
import { FaultProxy } from "../../helpers/fault_proxy.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { startVersitygw, VERSITYGW } from "../../helpers/versitygw.ts";

const NAMES = ["2021/a é #1.wav", "2021/b&c.wav", "2021/d.flac", "2021/e/f.wav", "2022/g.wav"];

/** Every file of a place is listed, and opened from the listing shows the same size and version. */
async function checkListing(place: string, access: RemoteAccess, names: string[]): Promise<void> {
  const files = await Array.fromAsync(listFiles(place, access));
  const found = files.map(({ uri }) => place.startsWith("s3:") ? uri : decodeURIComponent(uri));
  assert.equal(found.length, names.length);
  for (const name of names) assert(found.some((uri) => uri.endsWith(`/${name}`)), name);
  for (const { uri, sizeBytes, version } of files) {
    const source = await openSource(uri, access);
    assert.deepEqual([source.uri, source.sizeBytes, source.version], [uri, sizeBytes, version]);
    source.close();
  }
  access.close();
}

async function serverWithFiles(): Promise<ObjectServer> {
  const server = await ObjectServer.start();
  for (const name of NAMES) {
    server.objects.set(`/sea/${name}`, { bytes: new TextEncoder().encode(name) });
  }
  return server;
}

Deno.test("a folder is listed with all below it, as it is opened", () =>
  withFolder(async (folder) => {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, name);
    }
    await checkListing(folder, new RemoteAccess(), NAMES);
    await checkListing(`${pathToFileURL(folder).href}/2022`, new RemoteAccess(), ["g.wav"]);
    const missing = Array.fromAsync(listFiles(`${folder}/none`));
    await assert.rejects(missing, {
      reason: "missing",
      message: /^Cannot list .*none as there is/,
    });
  }));

Deno.test("a bucket is listed page by page by a prefix, as its objects are opened", async () => {
  await using server = await serverWithFiles();
  const options = { endpoint: server.origin, unsigned: true };
  await checkListing("s3://sea/2021/", new RemoteAccess(options), NAMES.slice(0, 4));
  await checkListing("s3://sea", new RemoteAccess(options), NAMES);
  assert.equal(server.requests.filter((line) => line.includes("list-type")).length, 2 + 3);
});

Deno.test("a bucket of Google Cloud Storage is listed page by page, as its objects are opened", async () => {
  await using server = await serverWithFiles();
  const options = { googleStorage: server.origin };
  await checkListing(`${server.origin}/sea/2021/`, new RemoteAccess(options), NAMES.slice(0, 4));
  await checkListing(`${server.origin}/sea/20`, new RemoteAccess(options), NAMES);
});

Deno.test({
  name: "a bucket of a real S3 server is listed",
  ignore: VERSITYGW === undefined,
  fn: () =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/sea/2021/e`, { recursive: true });
      await Deno.mkdir(`${folder}/sea/2022`, { recursive: true });
      for (const name of NAMES) await Deno.writeTextFile(`${folder}/sea/${name}`, name);
      await using server = await startVersitygw(folder);
      const options = { endpoint: server.origin, region: "us-west-2" };
      await checkListing("s3://sea/2021/", new RemoteAccess(options), NAMES.slice(0, 4));
      const noBucket = Array.fromAsync(listFiles("s3://lake/", new RemoteAccess(options)));
      await assert.rejects(noBucket, /Cannot list s3:\/\/lake\/ as there is no bucket lake: check/);
    }),
});

Deno.test("a bucket that is not there or not to be listed is told from a file's own fault", async () => {
  await using server = await serverWithFiles();
  const s3 = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  const google = new RemoteAccess({ googleStorage: server.origin });
  for (const [place, access] of [["s3://lake", s3], [`${server.origin}/lake/`, google]] as const) {
    await assert.rejects(Array.fromAsync(listFiles(place, access)), (error) => {
      assert(!(error instanceof SourceFault));
      assert.match(String(error), /Cannot list .* as there is no bucket lake: check its name\.$/);
      return true;
    });
  }
  server.forbidden.add("/sea");
  await assert.rejects(Array.fromAsync(listFiles("s3://sea", s3)), { reason: "forbidden" });
  const place = `${server.origin}/sea/`;
  await assert.rejects(Array.fromAsync(listFiles(place, google)), { reason: "forbidden" });
  await assert.rejects(Array.fromAsync(listFiles("https://example.org/a/")), { kind: "usage" });
  s3.close();
  google.close();
});

Deno.test("a listing outlives a server that is busy", async () => {
  await using server = await serverWithFiles();
  await using proxy = await FaultProxy.start(server.port, [{ from: 1, to: 2, status: 503 }]);
  const seams = { sleep: () => Promise.resolve() };
  const access = new RemoteAccess({ endpoint: proxy.origin, unsigned: true, seams });
  assert.equal((await Array.fromAsync(listFiles("s3://sea", access))).length, NAMES.length);
  assert.deepEqual([...access.recoveries], [["the server answered 503 SlowDown", 2]]);
  access.close();
});
