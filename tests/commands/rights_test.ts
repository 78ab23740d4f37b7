import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { megaptera } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { wavOf } from "../helpers/archive.ts";
import { taskCommands, taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const RIGHTS = fileURLToPath(new URL("../../commands/rights.ts", import.meta.url));

/** The tasks that users call. */
const USERS = /main\.ts|tools\/notebooks/;

Deno.test("docs/security.md grants each task what deno.json does, and no more", async () => {
  const path = fileURLToPath(new URL("../../docs/security.md", import.meta.url));
  const documented = (await Deno.readTextFile(path)).split("\n")
    .filter((line) => /^\| `[a-z-]+`/.test(line))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const granted = Object.entries(await taskCommands()).filter(([, command]) => USERS.test(command))
    .map(([task, command]) => {
      const of = (right: string): string => {
        const found = new RegExp(
          ` "?--allow-${right}(?:=([^ ]*(?:\\$\\([^)]*\\)+\\)[^ ]*)?))?(?= |"|$)`,
        )
          .exec(command.replace(/\$\(deno eval 'console\.log\(Deno\.execPath\(\)\)'\)/, "deno"));
        return found === null ? "" : (found[1] ?? "all").replaceAll(",", ", ").replace('"', "");
      };
      assert.ok(!/ -A|--allow-all/.test(command), task);
      assert.ok(of("run") !== "all", `${task} may run any program`);
      return [`\`${task}\``, of("write"), of("net"), of("run"), of("ffi"), of("sys")];
    });
  assert.deepEqual(documented, granted);
});

/** What is left of a task's rights for a run: in the program, and in a Worker that it starts. */
async function leftOf(
  task: string,
  args: readonly string[],
  options: Record<string, unknown>,
): Promise<string[]> {
  const script = `
    const { giveBack, rightsOf } = await import(${JSON.stringify(`file://${RIGHTS}`)});
    giveBack(rightsOf(${JSON.stringify(task)}, ${JSON.stringify(args)}, ${
    JSON.stringify(options)
  }));
    const programs = ["deno", "sbatch", "squeue"];
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
    for (const name of ["sbatch", "squeue", "scontrol", "sacct", "scancel"]) {
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

const FOLDER = ["/scores"];
const FAR = ["s3://sea/scores"];
const LOCAL_RANGE = { on: "local", out: "scores", source: "/sea" };

Deno.test("what a run does not need is given back, also by the Workers that it starts", async () => {
  const cases: [task: string, args: string[], options: Record<string, unknown>, left: string[]][] =
    [
      ["calls", FOLDER, {}, ["write"]],
      ["calls", FOLDER, { sensitivity: true }, []],
      ["calls", FAR, {}, ["net", "write"]],
      ["presence", FOLDER, {}, []],
      ["presence", FOLDER, { out: "p.csv" }, ["write"]],
      ["verify", FOLDER, {}, []],
      ["verify", FAR, {}, ["net"]],
      ["evaluate", ["a.csv", "b.csv"], { scores: "s3://sea/scores" }, ["net"]],
      ["report", FOLDER, { out: "a.html" }, ["write"]],
      ["score", ["a.wav"], { out: "scores", engine: "auto" }, ["write", "ffi"]],
      ["score", ["file:///a.wav"], { out: "scores", engine: "tfjs" }, ["write"]],
      ["score", [], { out: "scores", engine: "auto", site: "mars" }, ["net", "write", "ffi"]],
      ["score", ["a.wav"], { out: "s3://a/b", engine: "tfjs" }, ["net", "write"]],
      ["batch-range", [], { dryRun: true }, []],
      ["batch-range", [], { out: "s3://a/b" }, ["net", "write", "ffi"]],
      // It looks at Slurm's jobs of before, whose tools come together.
      ["batch-range", [], LOCAL_RANGE, ["write", "ffi", "deno", "sbatch", "squeue"]],
      ["batch-range", [], { ...LOCAL_RANGE, on: "slurm" }, ["write", "ffi", "sbatch", "squeue"]],
      ["batch-status", [], { out: "scores" }, ["write", "squeue"]],
      ["batch-status", [], { out: "s3://a/b" }, ["net", "write", "squeue"]],
      ["batch-verify", [], { out: "scores" }, []],
    ];
  for (const [task, args, options, left] of cases) {
    assert.deepEqual(
      await leftOf(task, args, options),
      left,
      `${task} ${args} ${JSON.stringify(options)}`,
    );
  }
});

Deno.test("each command works with its task's own rights", () =>
  withFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    const sea = at("sea");
    await Deno.mkdir(sea);
    for (const hour of [0, 1]) {
      await Deno.writeFile(join(sea, `20210101_0${hour}0000.wav`), wavOf(9, hour));
    }
    const planted = at("planted");
    await plantHour(planted, Date.UTC(2021, 0, 1), (bin) => bin < 100 ? 0.9 : 0.1);
    const wav = join(sea, "20210101_000000.wav");
    const range = ["--start", "2021-01-01", "--stop", "2021-01-01T02Z", "--model", "demo"];
    const commands: string[][] = [
      ["score", sea, "--model", "demo", "--out", at("scores")],
      [
        "score",
        "--source",
        sea,
        "--date",
        "2021-01-01",
        "--model",
        "demo",
        "--engine",
        "tfjs",
        "--dry-run",
      ],
      ["inspect", sea],
      ["verify", at("scores"), "--deep"],
      ["calls", planted, "--out", at("calls.csv")],
      ["calls", planted, "--sensitivity"],
      ["presence", planted],
      ["presence", planted, "--out", at("presence.csv")],
      ["scores", "export", planted, "--out", at("scores.parquet")],
      ["report", planted, "--out", at("report.html")],
      [
        "evaluate",
        at("calls.csv"),
        at("calls.csv"),
        "--coverage",
        "2021-01-01T00:00:00Z/2021-01-01T01:00:00Z",
      ],
      ["simulate", "--start", "2021-01-01", "--stop", "2021-01-02", "--out", at("made")],
      ["model", "check", wav, "--model", "demo"],
      ["batch-range", ...range, "--source", sea, "--on", "local", "--out", at("run"), "--watch"],
      ["batch-status", "--out", at("run")],
      ["batch-logs", "--failed", "--out", at("run")],
      ["batch-cancel", "--out", at("run")],
      ["batch-retry", "--out", at("run")],
      ["batch-verify", "--out", at("run")],
    ];
    for (const args of commands) {
      const flags = await taskFlags(args[0]);
      const { code, out, err } = await megaptera(args, folder, {}, flags);
      assert.doesNotMatch(out + err, /NotCapable|--allow-/, args.join(" "));
      assert.ok(code === 0 || code === 3, `${args.join(" ")} ended with ${code}\n${out}${err}`);
    }
  }));
