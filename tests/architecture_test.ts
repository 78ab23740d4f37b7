import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The rooms, from the lowest on, and which others each may use (docs/architecture.md draws them). */
const ROOMS: Record<string, readonly string[]> = {
  "core": [],
  "pipeline/places": ["core"],
  "pipeline/audio": ["core", "pipeline/places"],
  "pipeline/timeline": ["core", "pipeline/places", "pipeline/audio"],
  "pipeline/detector": ["core", "pipeline/places"],
  "pipeline/scores": ["core", "pipeline/places", "pipeline/timeline", "pipeline/detector"],
  "pipeline/scoring": [
    "core",
    "pipeline/places",
    "pipeline/audio",
    "pipeline/timeline",
    "pipeline/detector",
    "pipeline/scores",
  ],
  "pipeline/bouts": ["core", "pipeline/places", "pipeline/scores"],
  "analysis/sun": ["core"],
  "analysis/statistics": ["core"],
  "analysis/tables": ["core"],
  "analysis/presence": [
    "core",
    "pipeline/places",
    "pipeline/scores",
    "pipeline/bouts",
    "analysis/statistics",
    "analysis/sun",
  ],
  "analysis/season": ["core", "analysis/presence", "analysis/statistics"],
  "analysis/diel": ["core", "analysis/presence", "analysis/statistics", "analysis/sun"],
  "analysis/artefacts": ["core", "analysis/presence", "analysis/statistics"],
  "analysis/exports": [
    "core",
    "pipeline/places",
    "pipeline/detector",
    "pipeline/scores",
    "pipeline/bouts",
    "analysis/tables",
  ],
  "analysis/evaluation": [
    "core",
    "pipeline/timeline",
    "pipeline/bouts",
    "analysis/presence",
    "analysis/statistics",
    "analysis/tables",
    "analysis/exports",
  ],
  "analysis/charts": ["core", "analysis/presence", "analysis/evaluation", "analysis/sun"],
  "analysis/report": ["core", "pipeline", "analysis"],
  "simulation/ocean": ["core"],
  "simulation/season": [
    "core",
    "pipeline/detector",
    "pipeline/scores",
    "pipeline/scoring",
    "analysis/sun",
    "analysis/statistics",
  ],
  "batch": ["core", "pipeline"],
  "commands": ["core", "pipeline", "analysis", "simulation", "batch"],
  "notebooks": ["core", "pipeline", "analysis", "simulation"],
};

/** Imports that break a rule, with the reason; the list only shrinks. */
const EXCEPTIONS: Record<string, string> = {};

/** An import: which file asks for which, both relative to the project. */
interface Import {
  from: string;
  to: string;
}

async function sourceFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
    const path = `${folder}/${name}`;
    if (name === "node_modules" || name.startsWith(".")) continue;
    if (isDirectory) files.push(...await sourceFiles(path));
    else if (name.endsWith(".ts")) files.push(path);
  }
  return files;
}

/** Static and lazy imports alike, but not those of examples in comments. */
async function importsOf(file: string): Promise<Import[]> {
  const text = (await Deno.readTextFile(join(ROOT, file))).replace(/^ *\*.*$/gm, "");
  const specifiers = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g);
  return Array.from(specifiers, ([, specifier]) => ({
    from: file,
    to: join(dirname(file), specifier).replaceAll("\\", "/"),
  }));
}

const names = Object.keys(ROOMS);
const files = (await Promise.all(
  [...new Set(names.map((name) => name.split("/")[0]))].map(sourceFiles),
)).flat();
const imports = (await Promise.all(files.map(importsOf))).flat();
const isIn = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const roomOf = (path: string): string | undefined => names.find((name) => isIn(path, name));
const shown = ({ from, to }: Import): string => `${from} → ${to}`;
const unexcused = (wrong: readonly Import[]): string[] =>
  wrong.map(shown).filter((arrow) => !(arrow in EXCEPTIONS));

Deno.test("each source file lies in a room", () => {
  assert.deepEqual(files.filter((file) => roomOf(file) === undefined), []);
});

Deno.test("each import names a file that is there", () => {
  const there = new Set(files);
  const wrong = imports.filter(({ to }) => to.endsWith(".ts") && !there.has(to));
  assert.deepEqual(wrong.map(shown), []);
});

Deno.test("a room uses only the rooms that stand below it", () => {
  const wrong = imports.filter(({ from, to }) => {
    const [mine, other] = [roomOf(from)!, roomOf(to)];
    return other !== undefined && mine !== other &&
      !ROOMS[mine].some((room) => room === other || isIn(other, room));
  });
  assert.deepEqual(unexcused(wrong), []);
});

Deno.test("who is outside a folder with a door uses the door", () => {
  const doors = files.filter((file) => file.endsWith("/mod.ts")).map((file) => dirname(file));
  const wrong = imports.filter(({ from, to }) => {
    const passed = doors.filter((door) => isIn(to, door) && !isIn(from, door));
    const outermost = passed.toSorted((a, b) => a.length - b.length).at(0);
    return outermost !== undefined && to !== `${outermost}/mod.ts`;
  });
  assert.deepEqual(unexcused(wrong), []);
});

Deno.test("a door only shows what is behind it, and is not used from inside", () => {
  const inside = imports.filter(({ from, to }) =>
    to.endsWith("/mod.ts") && isIn(from, dirname(to)) && !from.endsWith("/mod.ts")
  );
  const outside = imports.filter(({ from, to }) =>
    from.endsWith("/mod.ts") && !isIn(to, dirname(from))
  );
  assert.deepEqual(unexcused([...inside, ...outside]), []);
});

Deno.test("no imports go in a circle", () => {
  const used = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const { to } of used.get(file) ?? []) walk(to, [...way, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  assert.deepEqual(circles, []);
});

Deno.test("no file is longer than 350 lines, and 1,000 lines take at most 10 files", async () => {
  const lengths = await Promise.all(files.map(async (file) => {
    const text = await Deno.readTextFile(join(ROOT, file));
    return { file, lines: text.split("\n").length - 1 };
  }));
  assert.deepEqual(lengths.filter(({ lines }) => lines > 350), []);
  const lines = lengths.reduce((sum, length) => sum + length.lines, 0);
  assert.ok(files.length / lines <= 10 / 1000, `${files.length} files for ${lines} lines`);
});

Deno.test("an exception to the rules is still needed", () => {
  const arrows = new Set(imports.map(shown));
  assert.deepEqual(Object.keys(EXCEPTIONS).filter((arrow) => !arrows.has(arrow)), []);
});

Deno.test("each file that docs/architecture.md names is there", async () => {
  const text = await Deno.readTextFile(join(ROOT, "docs/architecture.md"));
  const named = Array.from(
    text.matchAll(/`((?:[a-z_]+\/)+[a-z_]+\.(?:ts|md))`/g),
    ([, path]) => path,
  );
  assert.ok(named.length > 30);
  for (const path of named) assert.ok((await Deno.stat(join(ROOT, path))).isFile, path);
});
