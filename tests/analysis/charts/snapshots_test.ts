import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { compile } from "vega-lite";
import { exampleCharts } from "./example_charts.ts";

/** Sines and the sun's path may differ in their last digits from machine to machine. */
const DIGITS = 4;

/** A specification as its snapshot has it: digits rounded, pictures left out, inline JSON opened. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return round(value);
  if (typeof value === "string") {
    if (value.startsWith("data:")) return `${value.slice(0, 22)}…`;
    return value.startsWith("[{") ? (rounded(JSON.parse(value)) as unknown[]).slice(0, 40) : value;
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, rounded(of)]));
}

function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}

const pathOf = (name: string): string =>
  fileURLToPath(new URL(`snapshots/${name}.json`, import.meta.url));

for (const [name, spec] of Object.entries(exampleCharts())) {
  Deno.test(`the ${name} chart's specification is as its snapshot has it`, async () => {
    const found = rounded(spec);
    const wanted = JSON.parse(await Deno.readTextFile(pathOf(name)).catch(() => "null"));
    if (isDeepStrictEqual(JSON.parse(JSON.stringify(found)), wanted)) return;
    const changed = pathOf(`${name}.changed`);
    await Deno.writeTextFile(changed, `${JSON.stringify(found, undefined, 2)}\n`);
    assert.fail(`It has changed: compare ${changed}, and put it in its place if that is meant.`);
  });

  Deno.test(`the ${name} chart writes dates in UTC, whatever the reader's clock`, () => {
    assert.doesNotMatch(JSON.stringify(compile(spec).spec), /\btimeFormat\(/);
  });

  Deno.test(`the ${name} chart tells what it shows to those who can't see it`, () => {
    assert.ok(String(spec.description).length > 20);
  });
}
