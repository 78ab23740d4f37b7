// deno-lint-ignore-file no-console
// Compiles pipeline/audio/fir.wat into pipeline/audio/fir_wasm.ts; with --check it only
// compares. deno run --allow-read --allow-write=pipeline/audio tools/build_fir/build_fir.ts
import loadWabt from "wabt";

const folder = new URL("../../pipeline/audio/", import.meta.url);
const wabt = await loadWabt();
const module = wabt.parseWat("fir.wat", await Deno.readTextFile(new URL("fir.wat", folder)), {
  simd: true,
});
const { buffer } = module.toBinary({});
const base64 = btoa(String.fromCharCode(...buffer));
const lines = (base64.match(/.{1,88}/g) ?? []).map((line) => `  "${line}"`).join(" +\n");
const text = `/** fir.wat compiled by tools/build_fir; don't edit it by hand. */
export const FIR_WASM_BASE64: string =
${lines.replace(/^ {2}/gm, "  ")};
`;
const target = new URL("fir_wasm.ts", folder);
if (Deno.args.includes("--check")) {
  const same = await Deno.readTextFile(target) === text;
  if (!same) console.error("pipeline/audio/fir_wasm.ts is not what fir.wat compiles to");
  Deno.exit(same ? 0 : 1);
}
await Deno.writeTextFile(target, text);
