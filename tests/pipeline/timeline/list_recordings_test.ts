import assert from "node:assert/strict";
import { join } from "node:path";
import { RemoteAccess } from "../../../pipeline/places/mod.ts";
import { listRecordings } from "../../../pipeline/timeline/recording_list.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const NAMES = ["Pier 2021-01-01 00_30_00 é#1.wav", "2021-01-01T01:30:00+02:00.flac"];
const STARTS = ["2020-12-31T23:30:00.000Z", "2021-01-01T00:30:00.000Z"];

async function checkStarts(place: string, access: RemoteAccess): Promise<void> {
  const list = await listRecordings(place, access);
  const starts = list.between(-Infinity, Infinity).map(({ startMs }) => startMs);
  assert.deepEqual(starts.map((ms) => new Date(ms).toISOString()), STARTS);
  access.close();
}

Deno.test("starts are told by names as they are, not as addresses write them", async () => {
  await withFolder(async (folder) => {
    for (const name of NAMES) await Deno.writeTextFile(join(folder, name), "");
    await checkStarts(folder, new RemoteAccess());
  });
  await using server = await ObjectServer.start();
  for (const name of NAMES) server.objects.set(`/sea/${name}`, { bytes: new Uint8Array(1) });
  const { origin } = server;
  await checkStarts("s3://sea", new RemoteAccess({ endpoint: origin, unsigned: true }));
  await checkStarts(`${origin}/sea/`, new RemoteAccess({ googleStorage: origin }));
});
