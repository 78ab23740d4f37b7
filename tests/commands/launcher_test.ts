import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeLaunchers } from "../../tools/launcher/make_launchers.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LAUNCHER = join(ROOT, "megaptera");
const text = new TextDecoder();

/** A start of the launcher that knows where Deno is, ready to be spawned. */
async function start(
  launcher: string,
  args: readonly string[],
  folder: string,
  more: Deno.CommandOptions = {},
): Promise<Deno.Command> {
  const cache = join(folder, "cache");
  await Deno.mkdir(cache, { recursive: true });
  const known = join(cache, "deno-2.9.6");
  if (Deno.execPath().includes("/node_modules/")) {
    await Deno.symlink(Deno.execPath(), known).catch(() => {});
  }
  const PATH = `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`;
  const env = { MEGAPTERA_CACHE: cache, NO_COLOR: "1", PATH };
  const piped = { stdout: "piped", stderr: "piped" } as const;
  return new Deno.Command(launcher, { args: [...args], cwd: folder, env, ...piped, ...more });
}

async function run(
  launcher: string,
  args: readonly string[],
  folder: string,
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await (await start(launcher, args, folder)).output();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** Makes a clone whose program is another one. */
async function makeClone(folder: string, main: string): Promise<string> {
  const clone = join(folder, "my clone");
  await Deno.mkdir(clone);
  await Deno.copyFile(LAUNCHER, join(clone, "megaptera"));
  await Deno.writeTextFile(join(clone, "deno.json"), "{}");
  await Deno.writeTextFile(join(clone, "main.ts"), main);
  return clone;
}

Deno.test("the launchers are made of what deno.json grants, command by command", async () => {
  const launchers = makeLaunchers(await Deno.readTextFile(join(ROOT, "deno.json")));
  for (const [name, made] of Object.entries(launchers)) {
    const kept = await Deno.readTextFile(join(ROOT, name));
    assert.equal(kept, made, `${name}: run tools/launcher/make_launchers.ts`);
    assert.ok((await Deno.stat(join(ROOT, name))).mode! & 0o100, `${name} can't be started`);
  }
});

Deno.test("a command runs where its user is, by a link too, and with its task's rights alone", () =>
  withFolder(async (folder) => {
    // Says where it runs, what it was told, and what it may do.
    const clone = await makeClone(
      folder,
      `const may = (name, more) => Deno.permissions.querySync({ name, ...more }).state;
      console.log(JSON.stringify([Deno.cwd(), Deno.args, Deno.env.get("MEGAPTERA_COMMAND"),
        may("write"), may("net"), may("run", { command: Deno.execPath() })]));
      console.log(await new Response(Deno.stdin.readable).text());
      Deno.exit(7);`,
    );
    const bin = join(folder, "bin");
    await Deno.mkdir(bin);
    await Deno.symlink("../my clone/megaptera", join(bin, "megaptera"));
    const here = await Deno.realPath(folder);
    const cases: [launcher: string, args: string[], granted: string[]][] = [
      [join(clone, "megaptera"), ["simulate", "a b", "*", ""], ["granted", "prompt", "prompt"]],
      [join(bin, "megaptera"), ["--verbose", "calls", "$HOME"], ["granted", "granted", "prompt"]],
      [join(bin, "megaptera"), ["batch-retry"], ["granted", "granted", "granted"]],
      [join(bin, "megaptera"), ["--help"], ["prompt", "prompt", "prompt"]],
      [join(bin, "megaptera"), [], ["prompt", "prompt", "prompt"]],
    ];
    for (const [launcher, args, granted] of cases) {
      const child = (await start(launcher, args, folder, { stdin: "piped" })).spawn();
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode("yes"));
      await writer.close();
      const { code, stdout, stderr } = await child.output();
      assert.equal(text.decode(stderr), "");
      assert.equal(code, 7);
      const [said, read] = text.decode(stdout).trim().split("\n");
      assert.deepEqual(JSON.parse(said), [here, args, launcher, ...granted]);
      assert.equal(read, "yes");
    }
  }));

Deno.test("a relative path is the user's, and its exit code and sentence are the command's", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "sea"));
    await Deno.writeTextFile(join(folder, "sea", "20210101_000000.wav"), "no sound");
    const { code, out, err } = await run(LAUNCHER, ["inspect", "sea"], folder);
    assert.equal(code, 65, err);
    assert.match(out, /Can't be scored: Cannot read 20210101_000000\.wav/);
    assert.doesNotMatch(out + err, /--allow-|deno|npm|Failed to resolve/);
  }));

Deno.test("SIGINT to the launcher reaches the command", () =>
  withFolder(async (folder) => {
    const clone = await makeClone(
      folder,
      `Deno.addSignalListener("SIGINT", () => Deno.exit(130));
      console.log("at work");
      setInterval(() => {}, 1000);`,
    );
    const child = (await start(join(clone, "megaptera"), ["score"], folder)).spawn();
    for await (const _ of child.stdout) child.kill("SIGINT");
    await child.stderr.cancel();
    assert.equal((await child.status).code, 130);
  }));

Deno.test("what the launcher grants is what the task grants", async () => {
  const script = await Deno.readTextFile(LAUNCHER);
  for (const name of ["score", "report", "batch-range", "batch-status"]) {
    const arm = new RegExp(`^ {2}(?:.* )?${name}(?: .*)?\\)\\n([^]*?);;`, "m").exec(script)![1];
    const granted = [...arm.matchAll(/"(--[^"]+)"/g)].map(([, grant]) =>
      grant.replace("$deno", Deno.execPath())
    );
    assert.deepEqual(granted, (await taskFlags(name)).filter((flag) => flag !== "-q"));
  }
});
