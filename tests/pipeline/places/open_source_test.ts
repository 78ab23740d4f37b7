import { pathToFileURL } from "node:url";
import { RemoteAccess } from "../../../pipeline/places/remote_access.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { startVersitygw, VERSITYGW } from "../../helpers/versitygw.ts";
import { rangeSourceSuite } from "./range_source_suite.ts";

Deno.test("a file on disk keeps what every source promises", (test) =>
  withFolder((folder) =>
    rangeSourceSuite(test, {
      put: (name, bytes) => Deno.writeFile(`${folder}/${name}`, bytes),
      place: (name) => pathToFileURL(`${folder}/${name}`).href,
      access: () => new RemoteAccess(),
    })
  ));

Deno.test("a file of an http server keeps what every source promises", async (test) => {
  await using server = await ObjectServer.start();
  await rangeSourceSuite(test, {
    put: (name, bytes) => {
      server.objects.set(`/sea/${name}`, { bytes });
      return Promise.resolve();
    },
    place: (name) => `${server.origin}/sea/${encodeURIComponent(name)}`,
    access: () => new RemoteAccess(),
  });
});

Deno.test("an object of S3 keeps what every source promises", async (test) => {
  await using server = await ObjectServer.start();
  await rangeSourceSuite(test, {
    put: (name, bytes) => {
      server.objects.set(`/sea/${name}`, { bytes });
      return Promise.resolve();
    },
    place: (name) => `s3://sea/${name}`,
    access: () => new RemoteAccess({ endpoint: server.origin, unsigned: true }),
  });
});

Deno.test({
  name: "an object of a real S3 server keeps what every source promises, asked by signed requests",
  ignore: VERSITYGW === undefined,
  fn: (test) =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/sea`);
      await using server = await startVersitygw(folder);
      await rangeSourceSuite(test, {
        put: (name, bytes) => Deno.writeFile(`${folder}/sea/${name}`, bytes),
        place: (name) => `s3://sea/${name}`,
        access: () => new RemoteAccess({ endpoint: server.origin, region: "us-west-2" }),
      });
    }),
});
