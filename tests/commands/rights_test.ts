import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { taskCommands, taskFlags } from "../helpers/task_flags.ts";

const SLURM = ["sbatch", "squeue", "scontrol", "sacct", "scancel"];
const TEXT = { type: "string" } as const;
const RIGHTS = fileURLToPath(new URL("../../commands/rights.ts", import.meta.url));

/** The rows of a table in docs/security.md whose first cell is code. */
async function documentedRows(cells: number): Promise<string[][]> {
  const path = fileURLToPath(new URL("../../docs/security.md", import.meta.url));
  return (await Deno.readTextFile(path)).split("\n")
    .filter((line) => /^\| `/.test(line))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
    .filter((row) => row.length === cells);
}

Deno.test("docs/security.md grants each task what deno.json does, and no more", async () => {
  const tasks = Object.entries(await taskCommands())
    .filter(([, command]) => / main\.ts [a-z-]+$|\/notebook\.ts$/.test(command));
  const granted = await Promise.all(tasks.map(async ([task, command]) => {
    assert.ok(!/ -A|--allow-all/.test(command), task);
    const flags = new Map((await taskFlags(task)).map((flag) => {
      const [, name, value = "all"] = /^(-[^=]*)(?:=(.*))?$/.exec(flag)!;
      return [name, value.replace(Deno.execPath(), "deno").replaceAll(",", ", ")];
    }));
    assert.notEqual(flags.get("--allow-run"), "all", `${task} may run any program`);
    const rights = ["write", "net", "run", "ffi", "sys"];
    return [`\`${task}\``, ...rights.map((right) => flags.get(`--allow-${right}`) ?? "")];
  }));
  assert.deepEqual(await documentedRows(6), granted);
});

/** What is left of a task's rights for a run: in the program, and in a Worker that it starts. */
async function leftOf(
  task: string,
  command: string,
  args: readonly string[],
  options: Record<string, unknown>,
): Promise<string[]> {
  const script = `
    const { giveBack, rightsOf } = await import(${JSON.stringify(`file://${RIGHTS}`)});
    giveBack(rightsOf(${JSON.stringify(command)}, ${JSON.stringify(args)}, ${
    JSON.stringify(options)
  }));
    const programs = ${JSON.stringify(["deno", ...SLURM])};
    const said = ${
    ((programs: string[], deno: string) => {
      const state = (descriptor: Deno.PermissionDescriptor): boolean =>
        Deno.permissions.querySync(descriptor).state === "granted";
      const names = (["net", "write", "ffi"] as const).filter((name) => state({ name }));
      const run = programs.filter((command) =>
        state({ name: "run", command: command === "deno" ? deno : command })
      );
      return [...names, ...run];
    }).toString()
  };
    const source = "self.postMessage((" + said + ")(" + JSON.stringify(programs) + "," +
      JSON.stringify(Deno.execPath()) + "))";
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module" });
    worker.onmessage = ({ data }) => {
      console.log(JSON.stringify([said(programs, Deno.execPath()), data]));
      worker.terminate();
    };`;
  return await withScript(script, await taskFlags(task));
}

async function withScript(script: string, flags: readonly string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "left.js");
    await Deno.writeTextFile(path, script);
    // Programs that this machine may lack are granted as those that are there.
    for (const name of SLURM) {
      await Deno.writeTextFile(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
    }
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...flags, path],
      env: { PATH: `${folder}:${Deno.env.get("PATH")}`, NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    assert.ok(success, text.decode(stderr));
    const [own, workers] = JSON.parse(text.decode(stdout));
    assert.deepEqual(workers, own, "a Worker has what its program has");
    return own;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("what a run does not need is given back as documented, also by its Workers", async () => {
  const rows = await documentedRows(2);
  assert.ok(rows.length > 20);
  for (const [run, left] of rows) {
    const words = run.replaceAll("`", "").split(" ");
    const first = words.findIndex((word) => word.startsWith("--"));
    const named = first === -1 ? words : words.slice(0, first);
    const { values } = parseArgs({
      args: words.slice(named.length),
      options: Object.fromEntries(
        ["out", "on", "source", "site", "scores", "engine", "from"].map((name) => [name, TEXT]),
      ),
      strict: false,
    });
    const options = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name === "dry-run" ? "dryRun" : name, value]),
    );
    const [task, ...rest] = named;
    const [command, args] = task === "model" ? [`model ${rest[0]}`, rest.slice(1)] : [task, rest];
    const wanted = left === "" ? [] : left.split(", ");
    assert.deepEqual(await leftOf(task, command, args, options), wanted, run);
  }
});
