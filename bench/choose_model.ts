import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../commands/environment.ts";
import { googleFolder, readInstalledModel } from "../pipeline/detector/mod.ts";

const SHARED = fileURLToPath(new URL("../../shared/fixtures/", import.meta.url));
const STAND_IN = join(SHARED, "humpback-stand-in.tar.gz");

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Which detector is measured: the published one where installed, else the full-size stand-in, else the demo. */
export async function chooseModel(
  folder: string,
): Promise<{ model: string; modelsFolder: string; is: string }> {
  const own = join(cacheFolder(Deno.env.get, Deno.build.os), "models");
  if (await readInstalledModel(googleFolder(own))) {
    return {
      model: "google",
      modelsFolder: own,
      is: "what is installed as google/humpback_whale/1",
    };
  }
  if (await exists(STAND_IN)) {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const install = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        "--allow-ffi",
        main,
      ]
        .concat(["model", "install", "--from", STAND_IN]),
      env: { MEGAPTERA_CACHE: folder },
      stdout: "null",
      stderr: "inherit",
    });
    if (!(await install.output()).success) throw new Error("the stand-in can't be installed");
    const is = "a full-size stand-in of the published detector";
    return { model: "google", modelsFolder: join(folder, "models"), is };
  }
  return { model: "demo", modelsFolder: own, is: "the small demo detector" };
}
