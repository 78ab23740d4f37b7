import assert from "node:assert/strict";
import { printable } from "../../commands/print.ts";
import { MegapteraError } from "../../core/errors.ts";
import {
  formatManifest,
  formatScoreCsv,
  parseManifest,
  parseScoreCsv,
} from "../../pipeline/scores/mod.ts";
import { plantedManifest } from "../helpers/planted_scores.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;

Deno.test("what a file holds can't write to the terminal through a fault's sentence", () => {
  const text = formatScoreCsv(HOUR, new Float64Array(3600));
  const manifest = formatManifest(plantedManifest(HOUR, text));
  const faults: (() => unknown)[] = [];
  for (const bad of ["\rx", "\0", "\x1b[2J", "\x9b2J", "\u202e", "\u2066"]) {
    faults.push(() => parseScoreCsv(text.replace("timestamp", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("T09:00:07Z", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("0.000000", bad), "a.csv"));
    faults.push(() => parseScoreCsv(text.replace("09:00:07Z,", `09:00:07Z${bad},`), "a.csv"));
    const escaped = JSON.stringify(bad).slice(1, -1);
    faults.push(() => parseManifest(manifest.replace('"gain"', `"${escaped}"`), "a.json"));
    faults.push(() => parseManifest(manifest.replace("utc", escaped), "a.json"));
  }
  for (const fault of faults) {
    assert.throws(fault, (error) => {
      assert.ok(error instanceof MegapteraError, String(error));
      assert.doesNotMatch(printable(error.message), CONTROL);
      return true;
    });
  }
});

Deno.test("names of files that turn text around or end a line are printed on one line, as they are", () => {
  for (const name of ["a\u202evaw.exe", "a\nerror: none", "a\x1b[2J", "a\u2067b"]) {
    assert.doesNotMatch(printable(name), CONTROL);
    assert.equal(printable(name).length, name.length);
  }
  assert.equal(printable("é 鲸 🐋 – …"), "é 鲸 🐋 – …");
});
