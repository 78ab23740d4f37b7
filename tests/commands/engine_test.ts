import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "../helpers/fixtures.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** Scores the song with the demo detector, with the permissions that are given. */
async function score(
  folder: string,
  permissions: string[],
  options: string[],
): Promise<{ code: number; err: string; engine: string | undefined }> {
  const main = fileURLToPath(new URL("../../main.ts", import.meta.url));
  const file = join(folder, "SITE_20210101T093000Z.wav");
  await Deno.copyFile(fixture("song-16k.wav"), file);
  const out = join(folder, "out");
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-write", ...permissions, main]
      .concat(["score", file, "--model", "demo", "--out", out, ...options]),
    env: { MEGAPTERA_CACHE: folder, NO_COLOR: "1" },
  });
  const { code, stderr } = await command.output();
  const manifest = await Deno.readTextFile(join(out, "2021/01/20210101_09.json")).catch(() => "{}");
  const engine = JSON.parse(manifest).run?.engine;
  return { code, err: new TextDecoder().decode(stderr), engine };
}

Deno.test("without the right to load native code, the portable engine scores, and that is said", () =>
  withFolder(async (folder) => {
    const { code, err, engine } = await score(folder, ["--allow-env"], []);
    assert.equal(code, 0, err);
    assert.match(engine ?? "", /^TensorFlow\.js 4\.22\.0/);
    const [note, hour, ...rest] = err.trim().split("\n");
    assert.match(note, /^note: native code can't be loaded here: TensorFlow\.js/);
    assert.match(hour, /scored in/);
    assert.match(rest.join("\n"), /^Next: .* calls \S.*$/);
  }));

Deno.test("an engine that is asked for by name is taken, or refused in one sentence", () =>
  withFolder(async (folder) => {
    const native = await score(folder, ["--allow-env", "--allow-ffi"], ["--engine", "onnx"]);
    assert.match(native.engine ?? "", /^onnxruntime-node /, native.err);
    const portable = await score(folder, ["--allow-env", "--allow-ffi"], [
      "--engine",
      "tfjs",
      "--force",
    ]);
    assert.match(portable.engine ?? "", /^TensorFlow\.js /, portable.err);
    const refused = await score(folder, ["--allow-env"], ["--engine", "onnx", "--force"]);
    assert.equal(refused.code, 78, refused.err);
    assert.match(refused.err, /Cannot load the network in onnxruntime-node: Requires ffi access/);
    assert.ok(!refused.err.includes("    at "), refused.err);
  }));
