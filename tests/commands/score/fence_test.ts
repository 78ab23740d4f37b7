import assert from "node:assert/strict";
import { join } from "node:path";
import type { ScoreArguments } from "../../../commands/score/what_to_score.ts";
import { scoreInFence } from "../../../commands/score/fence.ts";
import { wavOf } from "../../helpers/archive.ts";
import { megapteraCommand } from "../../helpers/command_line.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

Deno.test("behind its fence a run reaches the hosts that are known, and no others", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    server.objects.set("/sea/20210101_000000.wav", { bytes: wavOf(6, 1) });
    const fenced = (host: string): Promise<number | undefined> => {
      const options = {
        ...{ model: "demo", engine: "auto", recipe: "exact", gain: 1, channel: 0 },
        ...{ out: join(folder, "out"), log: "json", threads: 1, workers: 1 },
        ...{ endpoint: server.origin, unsigned: true },
      } as ScoreArguments;
      const environment = { modelsFolder: folder, signal: new AbortController().signal };
      const files = ["s3://sea/20210101_000000.wav"];
      return scoreInFence([host], { files, options }, environment);
    };
    await assert.rejects(fenced("127.0.0.1:1"), {
      kind: "denied",
      message: /as this program may not reach that server .*: allow it with --allow-net/,
    });
    assert.equal(server.requests.length, 0);
    assert.equal(await fenced(new URL(server.origin).host), 0);
    assert.equal(await fenced("sea.org"), undefined, "what this process may not reach itself");
  }));

Deno.test("what is stopped behind its fence says so as elsewhere, and a fault keeps its code", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    server.objects.set("/sea/20210101_000000.wav", { bytes: wavOf(6, 1) });
    server.held.set("/sea/20210101_000000.wav", new Promise(() => {}));
    const far = ["--endpoint", server.origin, "--unsigned", "--model", "demo", "--out", folder];
    const child = megapteraCommand(["score", "s3://sea/20210101_000000.wav", ...far], folder)
      .spawn();
    await untilHeld(server);
    child.kill("SIGTERM");
    const { code, stderr } = await child.output();
    assert.equal(code, 143);
    assert.match(new TextDecoder().decode(stderr), /Stopped: what is finished is kept; the same/);

    const lost = megapteraCommand(
      ["--verbose", "score", "s3://sea/20210102_000000.wav", ...far],
      folder,
    );
    const ended = await lost.output();
    assert.equal(ended.code, 65);
    const said = new TextDecoder().decode(ended.stderr);
    assert.match(
      said,
      /^error: Cannot read s3:\/\/sea\/20210102_000000\.wav as .*\nSourceFault: Cannot/,
    );
  }));

/** Waits until a recording's audio is asked for, which is held. */
async function untilHeld(server: ObjectServer): Promise<void> {
  for (let tries = 0; !server.requests.some((one) => /bytes=[1-9]/.test(one)); tries++) {
    if (tries === 600) throw new Error("the recording was not read in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
