import assert from "node:assert/strict";
import { join } from "node:path";
import { installGoogle } from "../../commands/model.ts";
import { googleFolder, readInstalledModel } from "../../pipeline/detector/mod.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
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
