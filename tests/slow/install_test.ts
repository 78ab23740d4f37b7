import assert from "node:assert/strict";
import { join } from "node:path";
import { installGoogle } from "../../commands/model.ts";
import { googleFolder, readInstalledModel } from "../../pipeline/detector/mod.ts";
import { unpackSavedModel } from "../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { megaptera } from "../helpers/command_line.ts";
import { fixture } from "../helpers/fixtures.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { smallHumpback } from "../pipeline/detector/saved_model/small_humpback.ts";
import { checkpointFiles } from "../pipeline/detector/saved_model/write_checkpoint.ts";
import {
  FAMILY,
  metadataGraph,
  strings,
  writeGraph,
} from "../pipeline/detector/saved_model/write_graph.ts";
import { writeTar } from "../pipeline/detector/saved_model/write_tar_gz.ts";
import { HAS_STAND_IN, STAND_IN } from "./stand_in.ts";

Deno.test({
  name: "model install follows a redirect, resumes where it was cut off, and installs what came",
  ignore: !HAS_STAND_IN,
}, () =>
  withFolder(async (folder) => {
    const archive = await Deno.readFile(STAND_IN);
    const asked: string[] = [];
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const { pathname } = new URL(request.url);
      asked.push(`${pathname} ${request.headers.get("range") ?? "-"}`);
      if (pathname === "/old") return new Response(null, { status: 404 });
      if (pathname === "/moved") {
        return new Response(null, { status: 302, headers: { location: "/archive" } });
      }
      const from = Number(/bytes=(\d+)-/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
      const headers = {
        etag: '"1"',
        "content-length": String(archive.length - from),
        ...(from > 0
          ? { "content-range": `bytes ${from}-${archive.length - 1}/${archive.length}` }
          : {}),
      };
      const stop = from === 0 ? 5_000_000 : archive.length;
      const body = new ReadableStream<Uint8Array>({
        start(controller): void {
          controller.enqueue(archive.subarray(from, stop));
        },
        async pull(controller): Promise<void> {
          await new Promise((resolve) => setTimeout(resolve, 100));
          if (stop === archive.length) controller.close();
          else controller.error(new Error("cut off, on purpose"));
        },
      }, { highWaterMark: 0 });
      return new Response(body, { status: from > 0 ? 206 : 200, headers });
    });
    try {
      const base = `http://127.0.0.1:${server.addr.port}`;
      const environment = { modelsFolder: folder, signal: new AbortController().signal };
      await installGoogle(undefined, environment, [`${base}/old`, `${base}/moved`]);
      const installed = await readInstalledModel(googleFolder(folder));
      assert.equal(installed?.record.variables.length, 219);
      assert.ok(asked.some((line) => /^\/archive bytes=[1-9]\d*-$/.test(line)), asked.join("\n"));
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
        "google-humpback_whale-1",
      ]);
    } finally {
      await server.shutdown();
    }
  }));

Deno.test({
  name: "a damaged installation is noticed before it scores",
  ignore: !HAS_STAND_IN,
}, () =>
  withFolder(async (folder) => {
    const environment = { modelsFolder: folder, signal: new AbortController().signal };
    await installGoogle(STAND_IN, environment);
    const network = join(googleFolder(folder), "network.onnx");
    using file = await Deno.open(network, { read: true, write: true });
    await file.seek(50_000_000, Deno.SeekMode.Start);
    await file.write(Uint8Array.of(1, 2, 3));
    await assert.rejects(readInstalledModel(googleFolder(folder)), /damaged.*install it again/);
  }));

const SAVED = (name: string): string => fixture(`saved_model/${name}.tar.gz`);

/** The files of a SavedModel, from its archive. */
async function filesOf(archive: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  await withFolder(async (folder) => {
    const path = join(folder, "model");
    await unpackSavedModel(archive, path);
    for (const name of await filesBelow(path)) {
      files.set(name, await Deno.readFile(join(path, name)));
    }
  });
  return files;
}

/** The graph of a committed export. */
const graphOf = async (name: string): Promise<Uint8Array> =>
  (await filesOf(SAVED(name))).get("saved_model.pb")!;

/** Packs some weights under another graph, such as TensorFlow exported for the same network. */
async function pack(
  files: ReadonlyMap<string, Uint8Array>,
  graph: Uint8Array,
  path: string,
): Promise<void> {
  const model = new Map(files).set("saved_model.pb", graph);
  const entries = [...model].map(([name, bytes]) => ({ name: `model/${name}`, bytes }));
  await Deno.writeFile(path, writeTar([{ name: "model/.DS_Store" }, ...entries]));
}

/** The published network's widths with weights of no meaning. */
const PUBLISHED = smallHumpback({
  stem: 64,
  groups: [[64, 256, 3], [128, 512, 4], [256, 1024, 6], [512, 2048, 3]],
});

Deno.test("an archive as the publisher exports it installs, scores, and is said to be unverified", () =>
  withFolder(async (folder) => {
    const files = checkpointFiles(PUBLISHED);
    const archive = join(folder, "humpback.tar");
    await pack(files, await graphOf("published"), archive);
    const run = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await megaptera(args, folder);
      assert.equal(code, 0, err);
      return out;
    };
    const unverified = /structure verified, publisher's checksum not known to this release/;
    const installed = await run("model", "install", "--from", archive);
    const shown = await run("model", "show");
    for (const text of [installed, shown]) {
      assert.match(text, unverified);
      assert.match(text, /weights SHA-256 +[0-9a-f]{64}\n/);
      assert.match(
        text,
        /geometry .* its metadata says 10,000 Hz, windows of 39,124 samples; its g/,
      );
      assert.match(text, /variables +219, 23,538,753 numbers/);
    }
    const weights = /weights SHA-256 +(\w+)/.exec(shown)![1];
    const scores = join(folder, "scores");
    const start = ["--recording-start", "2021-01-01T00:00:00Z"];
    const scored = await run("score", fixture("song-10k.wav"), ...start, "--out", scores);
    assert.match(scored, unverified);
    const { detector } = JSON.parse(
      await Deno.readTextFile(join(scores, "2021", "01", "20210101_00.json")),
    );
    assert.equal(detector.name, "google/humpback_whale/1");
    assert.equal(detector.weightsSha256, weights);
    assert.match(detector.notice, unverified);
    assert.ok(detector.notice.includes(weights.slice(0, 12)));
    const page = join(folder, "report.html");
    await run("report", scores, "--out", page);
    const report = await Deno.readTextFile(page);
    assert.match(report, /Allen, A\. N\., et al\. \(2021\)/);
    assert.ok(report.includes(`(SHA-256 of the weights ${weights})`));

    // The same weights for other audio or another whale are another detector, and so are others.
    const minke = writeGraph(metadataGraph({ ...FAMILY, class_names: strings("Minke") }));
    const narrow = smallHumpback({
      stem: 64,
      groups: [[64, 256, 3], [128, 512, 4], [255, 1024, 6], [512, 2048, 3]],
    });
    const others: [model: typeof files, graph: Uint8Array, words: RegExp][] = [
      [files, await graphOf("flat-2khz"), /network is for other audio than .* 7,755 samples/],
      [files, await graphOf("retrained-2khz"), /network is for other audio than .* 2,000 Hz/],
      [files, minke, /as google\/humpback_whale\/1 as .*: it is for Minke instead of Mn/],
      [checkpointFiles(narrow), await graphOf("published"), /4 × 128\/512, 6 × 255\/1024, .*: not/],
    ];
    for (const [model, graph, words] of others) {
      await pack(model, graph, archive);
      const { code, err } = await megaptera(["model", "install", "--from", archive], folder);
      assert.equal(code, 65, err);
      assert.match(err, /humpback\.tar as /);
      assert.match(err, words);
    }
    assert.match(await run("model", "show"), new RegExp(weights));
  }));

Deno.test({
  name: "the stand-in exported anew the publisher's way is the same detector to the bit",
  ignore: !HAS_STAND_IN,
}, () =>
  withFolder(async (folder) => {
    const archive = join(folder, "humpback.tar");
    await pack(await filesOf(STAND_IN), await graphOf("published"), archive);
    const [before, after] = await Promise.all(
      [STAND_IN, archive].map(async (path, i) => {
        const modelsFolder = join(folder, String(i));
        await installGoogle(path, { modelsFolder, signal: new AbortController().signal });
        return (await readInstalledModel(googleFolder(modelsFolder)))!.record;
      }),
    );
    for (const field of ["weightsSha256", "networkSha256", "pcen", "classNames"] as const) {
      assert.deepEqual(after[field], before[field]);
    }
  }));
