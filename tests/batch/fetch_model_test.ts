import assert from "node:assert/strict";
import { join } from "node:path";
import { fetchModel } from "../../batch/run_share.ts";
import { googleFolder } from "../../pipeline/detector/mod.ts";
import { RemoteAccess } from "../../pipeline/places/mod.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

Deno.test("workers that fetch a detector into one cache at the same time all have it", () =>
  withFolder(async (folder) => {
    const from = join(folder, "installed");
    await Deno.mkdir(from);
    const network = crypto.getRandomValues(new Uint8Array(60_000));
    await Deno.writeFile(join(from, "network.onnx"), network);
    await Deno.writeTextFile(join(from, "model.json"), "{}");
    const models = join(folder, "models");
    const access = new RemoteAccess();
    const fetched = await Promise.all([1, 2, 3].map(() => fetchModel(from, models, access)));
    assert.deepEqual(fetched, [true, true, true]);
    const there = googleFolder(models);
    assert.deepEqual(await filesBelow(there), ["model.json", "network.onnx"]);
    assert.deepEqual(await Deno.readFile(join(there, "network.onnx")), network);
    access.close();
  }));
