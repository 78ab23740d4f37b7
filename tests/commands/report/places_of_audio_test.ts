import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { placesOfAudio } from "../../../commands/report/places_of_audio.ts";
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

Deno.test("without a folder, only what the manifest names and is here is at hand", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a b.wav`, "");
    const placeOf = await placesOfAudio(undefined);
    const here = pathToFileURL(`${folder}/a b.wav`).href;
    assert.equal(placeOf(here), here);
    assert.equal(placeOf(`${here}x`), undefined);
    assert.equal(placeOf("s3://bucket/a.wav"), undefined);
  }));

Deno.test("a folder of recordings that is not there is said to be that", async () => {
  await assert.rejects(
    placesOfAudio("/nowhere/audio"),
    /Cannot find recordings in \/nowhere\/audio as there is no such folder\./,
  );
});
