/**
 * `megaptera notebook`: opens the notebooks in JupyterLab; `megaptera notebook run [--write]` runs
 * them all without a window, and compares their numbers with the committed ones. With `--scores` and
 * what else the first cell may name, it is copies of them, on a user's own data.
 *
 * JupyterLab and the kernel live in a virtual environment of their own, `notebooks/.venv`, made on
 * first use. `deno jupyter --install` is not used: it writes into the home folder.
 */
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { OwnData } from "../../notebooks/kit/own_data.ts";
import { copyForOwn } from "./own_copies.ts";

/** Options as they come, all of them text. */
type OwnTexts = Omit<OwnData, "threshold"> & { threshold?: string };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOTEBOOKS = join(ROOT, "notebooks");
const VENV = join(NOTEBOOKS, ".venv");
const BIN = join(VENV, Deno.build.os === "windows" ? "Scripts" : "bin");
const KERNEL = {
  argv: ["deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
  display_name: "Deno",
  language: "typescript",
};

/** Runs a command; its exit code. */
async function run(
  command: string,
  args: string[],
  options: Deno.CommandOptions = {},
): Promise<number> {
  const { code } = await new Deno.Command(command, { args, ...options }).spawn().status;
  return code;
}

async function must(
  command: string,
  args: string[],
  what: string,
  options: Deno.CommandOptions = {},
): Promise<void> {
  const code = await run(command, args, options).catch(() => 127);
  if (code === 0) return;
  tell(`Cannot ${what}: ${command} ${args.join(" ")} ended with ${code}.`);
  Deno.exit(78);
}

function tell(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** Makes the environment, or makes it anew where what it needs has changed. */
async function prepare(requirements: string): Promise<void> {
  const list = join(ROOT, "tools", "notebooks", requirements);
  const wanted = await Deno.readTextFile(list);
  const mark = join(VENV, requirements);
  if (await Deno.readTextFile(mark).catch(() => "") === wanted) return;
  const python = Deno.build.os === "windows" ? "python" : "python3";
  tell(`Making ${VENV} (once): Jupyter from PyPI.`);
  await must(python, ["-m", "venv", VENV], "make a virtual environment (Debian: python3-venv)");
  await must(join(BIN, "pip"), ["install", "--quiet", "-r", list], "install Jupyter from PyPI");
  // The kernel would fetch packages in the middle of a cell, and a notebook needs no network.
  await must(Deno.execPath(), ["install", "--quiet"], "fetch the notebooks' packages", {
    cwd: NOTEBOOKS,
  });
  const folder = join(VENV, "share", "jupyter", "kernels", "deno");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "kernel.json"), JSON.stringify(KERNEL, undefined, 2));
  await Deno.writeTextFile(mark, wanted);
}

/** Fields of the notebooks' first cell, which options name. */
const OWN = {
  scores: { type: "string" },
  site: { type: "string" },
  sites: { type: "string" },
  zone: { type: "string" },
  threshold: { type: "string" },
  annotations: { type: "string" },
  coverage: { type: "string" },
} as const;

const { values: { write, ...own }, positionals } = readArguments();
const isRun = positionals[0] === "run";
// The kernel is started as `deno`: this one, wherever it is.
const env = { PATH: [dirname(Deno.execPath()), Deno.env.get("PATH") ?? ""].join(delimiter) };
const copies = await copiesFor(own);
if (isRun) {
  await prepare("requirements.txt");
  const names = copies ?? (await Array.fromAsync(Deno.readDir(NOTEBOOKS))).map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort().map((name) => join(NOTEBOOKS, name));
  const script = join(ROOT, "tools", "notebooks", "run_notebooks.py");
  const how = copies ? ["--alone"] : write ? ["--write"] : [];
  Deno.exit(await run(join(BIN, "python"), [script, ...how, ...names], { env }));
} else {
  await prepare("requirements-lab.txt");
  const args = ["lab", ...copies ? [copies[0]] : []];
  Deno.exit(await run(join(BIN, "jupyter"), args, { env, cwd: NOTEBOOKS }));
}

function readArguments(): {
  values: OwnTexts & { write?: boolean };
  positionals: string[];
} {
  try {
    const read = parseArgs({
      args: Deno.args,
      options: { ...OWN, write: { type: "boolean" } },
      allowPositionals: true,
    });
    const [command, ...rest] = read.positionals;
    if (command !== undefined && command !== "run" || rest.length > 0) {
      throw new Error(`there is no "${read.positionals.join(" ")}"`);
    }
    return { values: { ...read.values }, positionals: read.positionals };
  } catch (error) {
    tell(
      `error: Cannot open the notebooks: ${(error as Error).message}.\n` +
        "megaptera notebook [run] [--write] [--scores FOLDER --site NAME --sites FILE --zone ZONE " +
        "--threshold SCORE --annotations FILE --coverage CSV]",
    );
    Deno.exit(64);
  }
}

/** Copies the notebooks for a user's own data, where it is named. */
async function copiesFor({ threshold, ...own }: OwnTexts): Promise<string[] | undefined> {
  if (own.scores === undefined) {
    if (threshold === undefined && Object.keys(own).length === 0) return undefined;
    tell("error: Cannot open the notebooks on your own data without --scores FOLDER.");
    Deno.exit(64);
  }
  try {
    const copies = await copyForOwn(NOTEBOOKS, {
      ...own,
      ...threshold === undefined ? {} : { threshold: Number(threshold) },
    });
    tell(`On your own data: ${dirname(copies[0])} (1 takes a recording, 5 several folders).`);
    return copies;
  } catch (error) {
    tell(`error: ${(error as Error).message}`);
    Deno.exit(65);
  }
}
