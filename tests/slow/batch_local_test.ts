import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { batchSuite } from "./batch_suite.ts";

Deno.test("on this machine a stopped job and a corrupt hour are told, and retry gives score's bytes", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    const stop = async (): Promise<void> => {
      await megaptera(["batch-cancel", "--out", out], folder);
    };
    await batchSuite({ on: "local", folder, out, outFolder: out, environment: {}, stop });
  }));
