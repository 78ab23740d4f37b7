/**
 * `deno task notebook`: opens the notebooks in JupyterLab; `deno task notebook run [--write]` runs
 * them all without a window, and compares their numbers with the committed ones.
 *
 * JupyterLab and the kernel live in a virtual environment of their own, `notebooks/.venv`, made on
 * first use. `deno jupyter --install` is not used: it writes into the home folder.
 */
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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

const [command, ...rest] = Deno.args;
// The kernel is started as `deno`: this one, wherever it is.
const env = { PATH: [dirname(Deno.execPath()), Deno.env.get("PATH") ?? ""].join(delimiter) };
if (command === "run") {
  await prepare("requirements.txt");
  const names = (await Array.fromAsync(Deno.readDir(NOTEBOOKS))).map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort().map((name) => join(NOTEBOOKS, name));
  const script = join(ROOT, "tools", "notebooks", "run_notebooks.py");
  Deno.exit(await run(join(BIN, "python"), [script, ...rest, ...names], { env }));
} else {
  await prepare("requirements-lab.txt");
  const args = ["lab", ...Deno.args];
  Deno.exit(await run(join(BIN, "jupyter"), args, { env, cwd: NOTEBOOKS }));
}
