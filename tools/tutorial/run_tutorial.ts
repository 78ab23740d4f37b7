// deno-lint-ignore-file no-console
// Runs pages as a reader would: `deno task tutorial [PAGE…]`, docs/tutorial.md and docs/api.md by
// default, one after the other in one new folder that ./megaptera lies in. Programs (```ts blocks
// that begin with `// name.ts`) are saved, commands (lines of ```console blocks that begin with `$ `)
// run, and what they print must be what the page shows: a line `...` stands for any lines, `…` for
// any text in a line.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Last lines of what a command printed that are shown where it is not what the page shows. */
const LINES = 30;
const PAGES = ["docs/tutorial.md", "docs/api.md"];

/** A command of a page, and what the page says that it prints. */
interface Step {
  line: number;
  command: string;
  shown: string[];
}

/** A program of a page. */
interface Program {
  name: string;
  text: string;
}

/** Reads the commands and programs of a page, in their order. */
function readPage(text: string): (Step | Program)[] {
  const found: (Step | Program)[] = [];
  let [kind, indent] = [undefined as string | undefined, 0];
  let block: string[] = [];
  for (const [index, whole] of text.split("\n").entries()) {
    // Blocks in a list are indented.
    const fence = /^( *)```(\w*)/.exec(whole);
    const line = whole.slice(indent);
    if (!fence) {
      const last = found.at(-1);
      if (kind === "console" && line.startsWith("$ ")) {
        found.push({ line: index + 1, command: line.slice(2), shown: [] });
      } else if (kind === "console" && last && "command" in last) {
        const goesOn = last.shown.length === 0 && last.command.endsWith("\\");
        if (goesOn) last.command += `\n${line}`;
        else last.shown.push(line);
      } else if (kind === "ts") block.push(line);
    } else if (kind === undefined) [indent, kind, block] = [fence[1].length, fence[2], []];
    else {
      const name = /^\/\/ (\w+\.ts)$/.exec(block[0] ?? "")?.[1];
      if (kind === "ts" && name) found.push({ name, text: block.join("\n") + "\n" });
      [kind, indent] = [undefined, 0];
    }
  }
  return found;
}

/** Finds the first shown line that was not printed; nothing where all were. */
function unprinted(shown: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0;
  let isLoose = false;
  for (const line of shown) {
    if (line === "...") {
      isLoose = true;
      continue;
    }
    const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const form = new RegExp(`^${parts.join(".*")}$`);
    const next = isLoose ? printed.findIndex((one, i) => i >= at && form.test(one)) : at;
    if (next < 0 || !form.test(printed[next] ?? "\0")) return line;
    at = next + 1;
    isLoose = false;
  }
  return isLoose || at === printed.length ? undefined : `the end, before: ${printed[at]}`;
}

const folder = await Deno.makeTempDir({ prefix: "tutorial-" });
await Deno.symlink(join(ROOT, "megaptera"), join(folder, "megaptera"));
const env = {
  PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
  CLONE: ROOT.replace(/\/$/, ""),
  NO_COLOR: "1",
};
let [done, failed] = [0, 0];
try {
  for (const page of Deno.args.length > 0 ? Deno.args : PAGES) {
    for (const step of readPage(await Deno.readTextFile(join(ROOT, page)))) {
      if ("name" in step) {
        await Deno.writeTextFile(join(folder, step.name), step.text);
        continue;
      }
      const begun = performance.now();
      const args = ["-c", `{ ${step.command}\n} 2>&1`];
      const { stdout } = await new Deno.Command("sh", { args, cwd: folder, env }).output();
      const printed = new TextDecoder().decode(stdout).replace(/\n$/, "").split("\n")
        .map((line) => line.trimEnd());
      const wanted = step.shown.length === 0 ? undefined : unprinted(step.shown, printed);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.log(`${page}:${step.line} ${seconds} s  ${step.command.split("\n")[0]}`);
      done++;
      if (wanted === undefined) continue;
      failed++;
      console.log(`FAILED: the page shows, and the command did not print: ${wanted}`);
      console.log(printed.slice(-LINES).map((line) => `  ${line}`).join("\n"));
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
console.log(`${done - failed} of ${done} commands print what the pages show`);
Deno.exit(failed === 0 ? 0 : 1);
