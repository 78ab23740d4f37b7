import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Cell {
  cell_type: string;
  source: string[];
  outputs: { output_type: string; data?: Record<string, unknown> }[];
}

async function json(path: string): Promise<Record<string, never>> {
  return JSON.parse(await Deno.readTextFile(`${ROOT}${path}`));
}

const names = Array.from(Deno.readDirSync(`${ROOT}notebooks`), ({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();

Deno.test("there are six notebooks, in the order that they are read", () => {
  assert.deepEqual(names.map((name) => name[0]), ["1", "2", "3", "4", "5", "6"]);
});

for (const name of names) {
  Deno.test(`${name} is committed with its outputs, none of them an error`, async () => {
    const { cells } = await json(`notebooks/${name}`) as unknown as { cells: Cell[] };
    const outputs = cells.flatMap(({ outputs = [] }) => outputs);
    assert.ok(outputs.length >= 5);
    assert.ok(outputs.every(({ output_type }) => output_type !== "error"));
  });

  Deno.test(`every chart of ${name} is there as Vega-Lite, SVG and PNG at once`, async () => {
    const { cells } = await json(`notebooks/${name}`) as unknown as { cells: Cell[] };
    const shown = cells.flatMap(({ outputs = [] }) => outputs).map(({ data = {} }) => data);
    const charts = shown.filter((data) => "application/vnd.vegalite.v5+json" in data);
    assert.ok(charts.length > 0);
    for (const data of charts) assert.ok("image/svg+xml" in data && "image/png" in data);
    assert.equal(shown.filter((data) => "image/png" in data).length, charts.length);
  });
}

Deno.test("the notebooks use the house's packages in the house's versions", async () => {
  const [house, notebooks] = [await json("deno.json"), await json("notebooks/deno.json")]
    .map(({ imports }) => imports as Record<string, string>);
  for (const [name, version] of Object.entries(notebooks)) {
    if (name === "@resvg/resvg-js") continue;
    assert.equal(version, house[name], `notebooks/deno.json has another ${name}`);
  }
});
