import { FIR_WASM_BASE64 } from "./fir_wasm.ts";

/** The compiled loop of fir.wat; addresses, strides and counts as there. */
export interface FirKernel {
  readonly memory: WebAssembly.Memory;
  resample(
    input: number,
    output: number,
    count: number,
    taps: number,
    phaseBytes: number,
    phase: number,
    phases: number,
    phaseStep: number,
    inputStep: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** Makes a kernel with a memory of its own, at least `bytes` large. */
export function makeFirKernel(bytes: number): FirKernel {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(FIR_WASM_BASE64), (character) => character.charCodeAt(0)),
  );
  const kernel = new WebAssembly.Instance(compiled).exports as unknown as FirKernel;
  kernel.memory.grow(Math.ceil(bytes / 65_536));
  return kernel;
}
