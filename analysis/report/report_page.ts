import { compile, type TopLevelSpec } from "vega-lite";
import { COLUMN_WORDS, VALUE_WORDS } from "./column_words.ts";
import type { Report } from "./report_model.ts";

/**
 * A report as one page that opens anywhere without a network.
 *
 * Its content security policy allows the scripts and the style that stand in it, by their hashes,
 * and pictures and sound from data URLs: nothing else, no network, no `eval`. All that comes from
 * outside, such as names of files, is JSON in which `<` is escaped, and is shown as text.
 *
 * @param report The report.
 * @returns HTML.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const report = { title: "<script>alert(1)</script>", notices: [], sections: [] };
 * assert(!(await reportPage(report)).includes("<script>alert"));
 * ```
 */
export async function reportPage(report: Report): Promise<string> {
  const [style, script, { vega, interpreter }] = await Promise.all([
    part("report.css"),
    part("report.js"),
    vegaRuntime(),
  ]);
  const scripts = [
    { kind: "", text: inScript(vega) },
    { kind: "", text: inScript(interpreter) },
    { kind: ' type="module"', text: inScript(script) },
  ];
  const hashes = await Promise.all(scripts.map(({ text }) => hashSource(text)));
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    `style-src ${await hashSource(style)}`,
    "img-src data:",
    "media-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Without it, browsers ask for an icon, which the policy refuses with an error.
    '<link rel="icon" href="data:,">',
    "<title>Megaptera report</title>",
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<main id="report"><noscript>This report is drawn by a script in it: please allow it.</noscript></main>',
    `<script type="application/json" id="data">${inJson(compiled(report))}</script>`,
    ...scripts.map(({ kind, text }) => `<script${kind}>${text}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Compiles a report's charts to Vega, so that the page needs no compiler. */
function compiled(report: Report): unknown {
  const drawn = (spec: TopLevelSpec) => ({
    spec: compile(spec).spec,
    description: String(spec.description ?? ""),
  });
  const sections = report.sections.map(({ charts = [], folded, clips = [], ...section }) => ({
    ...section,
    clips: clips.map(({ picture, ...clip }) => ({
      ...clip,
      ...picture ? { picture: drawn(picture) } : {},
    })),
    charts: charts.map(drawn),
    ...folded ? { folded: { ...folded, charts: folded.charts.map(drawn) } } : {},
  }));
  const used = new Set(
    report.sections.flatMap(({ tables = [] }) => tables.flatMap(({ columns }) => columns)),
  );
  const columns = Object.fromEntries(
    Object.entries(COLUMN_WORDS).filter(([column]) => used.has(column)),
  );
  return { ...report, sections, words: { columns, values: VALUE_WORDS } };
}

function part(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`./page/${name}`, import.meta.url));
}

/** JSON that can stand in HTML: no tag or comment can begin in it. */
function inJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Makes a script that can stand in HTML: in its strings, `<\/` is `</`. */
function inScript(text: string): string {
  return text.replaceAll(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "<\\!--");
}

async function hashSource(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${new Uint8Array(hash).toBase64()}'`;
}

/**
 * Vega as a page needs it: the library as one script, and its interpreter of expressions, which
 * takes the place of `eval`: a strict content security policy forbids that.
 *
 * @returns Two scripts; they set `vega` and `vegaInterpreter`.
 * @throws {Error} Where the installed packages are not laid out as the pinned ones are.
 */
async function vegaRuntime(): Promise<{ vega: string; interpreter: string }> {
  const [vega, interpreter] = await Promise.all([
    Deno.readTextFile(new URL("./vega.min.js", import.meta.resolve("vega"))),
    Deno.readTextFile(new URL(import.meta.resolve("vega-interpreter"))),
  ]);
  return { vega, interpreter: asScript(interpreter) };
}

/** Makes the interpreter's module a plain script beside Vega, which exports all that it imports. */
function asScript(module: string): string {
  const script = module
    .replace(
      /^import \{([^}]*)\} from ['"]vega-util['"];?/m,
      (_, names: string) => `const {${names.replaceAll(" as ", ": ")}} = vega;`,
    )
    .replace(
      /^export \{([^}]*)\};?/m,
      (_, names: string) => `return {${names.replace(/(\w+) as (\w+)/g, "$2: $1")}};`,
    )
    .replace(/^\/\/# sourceMappingURL=.*$/m, "");
  if (/^(?:import|export)\s/m.test(script)) {
    throw new Error("Cannot use vega-interpreter as it is not laid out as its pinned version is");
  }
  return `globalThis.vegaInterpreter = (() => {\n${script}\n})();\n`;
}
