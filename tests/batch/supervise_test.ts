import assert from "node:assert/strict";
import { readLocalState, supervise } from "../../batch/local/supervise.ts";
import { submissionPath } from "../../batch/run_paths.ts";
import type { Submission } from "../../batch/submission.ts";
import { openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const RUN = "20210101-20210101-00000000";

Deno.test("a run cancelled while its first job is noted as running starts no worker", () =>
  withFolder(async (folder) => {
    const out = openStorage(folder, new RemoteAccess({}));
    await out.write([{ path: submissionPath(RUN, 1), text: "{}" }]);
    const cancelled = new AbortController();
    const cancelling = new Proxy(out, {
      get: (storage, name) => {
        if (name === "write") {
          return async (files: Parameters<Storage["write"]>[0]) => {
            await storage.write(files);
            cancelled.abort();
          };
        }
        const value = Reflect.get(storage, name);
        return typeof value === "function" ? value.bind(storage) : value;
      },
    });
    const submission = { run: RUN, number: 1, shares: [0, 1] } as unknown as Submission;
    await supervise({ out: cancelling, submission, atOnce: 1, signal: cancelled.signal });
    const state = await readLocalState(out, RUN, 1);
    assert.deepEqual(
      state?.jobs.map(({ state, reason, exitCode }) => ({ state, reason, exitCode })),
      Array(2).fill({ state: "failed", reason: "it was cancelled", exitCode: undefined }),
    );
  }));
