import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { placesOfAudio } from "../../../commands/report.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const NAMES = ["50%41 & <b>.wav", "a b.flac", "twice.wav", "below/twice.wav"];

Deno.test("recordings moved to another folder are found by their names, whatever these are", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/below`);
    for (const name of NAMES) await Deno.writeTextFile(`${folder}/${name}`, "");
    const placeOf = await placesOfAudio(folder);
    for (const name of NAMES.slice(0, 2)) {
      assert.equal(placeOf(pathToFileURL(`/gone/${name}`).href), `${folder}/${name}`);
    }
    assert.equal(placeOf("s3://bucket/2016/a%20b.flac"), `${folder}/a b.flac`);
    assert.equal(placeOf("file:///gone/other.wav"), undefined);
  }));

Deno.test("of two recordings of one name, none is taken for the one that was scored", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/below`);
    for (const name of NAMES) await Deno.writeTextFile(`${folder}/${name}`, "");
    const placeOf = await placesOfAudio(folder);
    assert.equal(placeOf("file:///gone/twice.wav"), undefined);
  }));

Deno.test("without a folder of recordings, what the manifest names is taken from below the scores only", () =>
  withFolder(async (folder) => {
    const scores = `${folder}/scores`;
    await Deno.mkdir(scores);
    await Deno.writeTextFile(`${folder}/private.wav`, "");
    await Deno.writeTextFile(`${scores}/a b.wav`, "");
    await Deno.symlink(`${folder}/private.wav`, `${scores}/link.wav`);
    const placeOf = await placesOfAudio(undefined, scores);
    const uriOf = (path: string): string => pathToFileURL(path).href;
    assert.equal(placeOf(uriOf(`${scores}/a b.wav`)), await Deno.realPath(`${scores}/a b.wav`));
    const others = [
      ...[`${folder}/private.wav`, `${scores}/link.wav`, `${scores}/absent.wav`].map(uriOf),
      `${uriOf(scores)}/../private.wav`,
      `${uriOf(scores)}/%2e%2e/private.wav`,
      `${uriOf(scores)}/..%2fprivate.wav`,
      `${uriOf(scores)}/a b.wav`.replace("file://", "file://host"),
      ...["s3://bucket/a.wav", "http://host/a.wav", scores, `${scores}/a b.wav`, "file:", ""],
    ];
    for (const uri of others) assert.equal(placeOf(uri), undefined, uri);
    assert.equal((await placesOfAudio(undefined, "s3://bucket/scores"))(uriOf(scores)), undefined);
    assert.equal((await placesOfAudio(undefined))(uriOf(`${scores}/a b.wav`)), undefined);
  }));

Deno.test("a folder of recordings that is not there is said to be that", async () => {
  await assert.rejects(
    placesOfAudio("/nowhere/audio"),
    /Cannot find recordings in \/nowhere\/audio as there is no such folder\./,
  );
});
