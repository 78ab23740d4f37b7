/**
 * Vega as a page needs it: the library as one script, and its interpreter of expressions, which
 * takes the place of `eval`: a strict content security policy forbids that.
 *
 * @returns Two scripts; they set `vega` and `vegaInterpreter`.
 * @throws {Error} Where the installed packages are not laid out as the pinned ones are.
 */
export async function vegaRuntime(): Promise<{ vega: string; interpreter: string }> {
  const [vega, interpreter] = await Promise.all([
    Deno.readTextFile(new URL("./vega.min.js", import.meta.resolve("vega"))),
    Deno.readTextFile(new URL(import.meta.resolve("vega-interpreter"))),
  ]);
  return { vega, interpreter: asScript(interpreter) };
}

/** The interpreter's module as a plain script beside Vega, which exports all that it imports. */
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
