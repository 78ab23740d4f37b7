// deno-lint-ignore-file no-console
import { withFolder } from "./temporary_folder.ts";

async function system(command: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stderr: "null", stdout: "null" }).output())
      .success;
  } catch {
    return false;
  }
}

/** Mounts a file system in memory on a folder; only root may. */
function mount(folder: string, options: string): Promise<boolean> {
  return system("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder);
}

/** Mounts what is mounted on a folder anew, with other options. */
export function remount(folder: string, options: string): Promise<boolean> {
  return system("mount", "-o", `remount,${options}`, folder);
}

/** Whether a small disk can be had here. */
export const CAN_MOUNT: boolean = await (async () => {
  if (Deno.build.os !== "linux") return false;
  let could = false;
  await withFolder(async (folder) => {
    could = await mount(folder, "size=64k");
    if (could) await system("umount", folder);
  });
  if (!could) console.error("Skipped: a small file system can't be mounted here.");
  return could;
})();

/** Runs a test in a folder on a disk of its own. */
export function withSmallDisk(
  options: string,
  run: (disk: string, folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const disk = `${folder}/disk`;
    await Deno.mkdir(disk);
    if (!await mount(disk, options)) throw new Error(`Cannot mount ${options}`);
    try {
      await run(disk, folder);
    } finally {
      await system("umount", disk);
    }
  });
}
