// deno-lint-ignore-file no-console
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installGoogle } from "../../commands/model.ts";
import { type Detector, loadDetector } from "../../pipeline/detector/mod.ts";

/** Its archive. */
export const STAND_IN: string = fileURLToPath(
  new URL("../../../shared/fixtures/humpback-stand-in.tar.gz", import.meta.url),
);

/** Whether the full-size stand-in of the published detector is at hand. */
export const HAS_STAND_IN: boolean = await Deno.stat(STAND_IN).then(() => true, () => {
  console.error("Skipped: the full-size stand-in of the detector is not at hand.");
  return false;
});

/** Installs the stand-in as a user would, into a folder of the test's own. */
export async function installStandIn(folder: string): Promise<string> {
  const modelsFolder = join(folder, "models");
  await installGoogle(STAND_IN, { modelsFolder, signal: new AbortController().signal });
  return modelsFolder;
}

/** Runs a test with the stand-in, installed in a folder that is removed afterwards. */
export async function withStandIn(
  run: (detector: Detector, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const modelsFolder = await installStandIn(folder);
    const detector = await loadDetector({ model: "google", threads: 2, modelsFolder });
    try {
      await run(detector, folder);
    } finally {
      detector.engine.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
