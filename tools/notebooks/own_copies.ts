import { basename, join, resolve } from "node:path";
import type { OwnData } from "../../notebooks/kit/own_data.ts";

interface Notebook {
  cells: { cell_type: string; source: string[]; outputs?: unknown[] }[];
}

/** Fields that are paths, which the notebook's own folder must not change. */
const PATHS: readonly (keyof OwnData)[] = ["scores", "sites", "annotations", "coverage"];
const OWN_CELL = /^const own: OwnData = \{[^]*?^\};/m;

/**
 * Copies the notebooks that answer for one folder of scores, with a user's own data in their first
 * cell. Copies that are there already are kept.
 *
 * @param notebooks Folder of the notebooks.
 * @param own What the first cell is to name.
 * @returns Paths of the copies, in `own/NAME` below the folder, NAME being that of the scores' folder.
 * @throws {Error} Where a copy is there that was made for other data.
 */
export async function copyForOwn(notebooks: string, own: OwnData): Promise<string[]> {
  const folder = join(notebooks, "own", basename(resolve(own.scores!)));
  await Deno.mkdir(folder, { recursive: true });
  const cell = firstCell(own);
  const copies: string[] = [];
  const names = (await Array.fromAsync(Deno.readDir(notebooks))).map(({ name }) => name);
  for (const name of names.filter((name) => name.endsWith(".ipynb")).sort()) {
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(join(notebooks, name)));
    const first = notebook.cells.find(({ cell_type }) => cell_type === "code")!;
    if (!OWN_CELL.test(first.source.join(""))) continue;
    const copy = join(folder, name);
    copies.push(copy);
    const there = await Deno.readTextFile(copy).catch(() => undefined);
    if (there !== undefined) {
      const made: Notebook = JSON.parse(there);
      if (made.cells.some(({ source }) => source.join("").includes(cell))) continue;
      throw new Error(
        `Cannot make ${copy} as it is there, with other data in its first cell: move it away.`,
      );
    }
    first.source = linesOf(first.source.join("").replace(OWN_CELL, () => cell));
    for (const one of notebook.cells) {
      if (one.cell_type !== "code") continue;
      one.outputs = [];
      one.source = linesOf(
        one.source.join("").replaceAll(
          /from "(\.{1,2})\//g,
          (_, up: string) => up === "." ? 'from "../../' : 'from "../../../',
        ),
      );
    }
    await Deno.writeTextFile(copy, `${JSON.stringify(notebook, null, 1)}\n`);
  }
  return copies;
}

/** Writes the first cell's object. */
function firstCell(own: OwnData): string {
  const fields = Object.entries(own).map(([name, value]) => {
    const isPath = PATHS.includes(name as keyof OwnData);
    return `  ${name}: ${JSON.stringify(isPath ? resolve(String(value)) : value)},\n`;
  });
  return `const own: OwnData = {\n${fields.join("")}};`;
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
