import loadPffft from "@echogarden/pffft-wasm/simd";

/** Part of the emscripten module that is used. */
interface PffftModule {
  HEAPF32: Float32Array<ArrayBuffer>;
  _pffft_new_setup(length: number, transform: number): number;
  _pffft_destroy_setup(setup: number): void;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_aligned_free(pointer: number): void;
  _pffft_transform_ordered(
    setup: number,
    input: number,
    output: number,
    work: number,
    direction: number,
  ): void;
}

const REAL_TRANSFORM = 0;
const FORWARD = 0;

/**
 * A forward FFT of real samples, in 32-bit floats by PFFFT compiled to WebAssembly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const fft = await RealFft.create(32);
 * fft.input.fill(1);
 * fft.transform();
 * assert(fft.output[0] === 32);
 * fft.close();
 * ```
 */
export class RealFft {
  readonly #module: PffftModule;
  readonly #setup: number;
  readonly #pointers: number[];
  /** Buffer that the samples are to be put into, `[length]`. */
  readonly input: Float32Array;
  /** The spectrum: `[DC, Nyquist, re 1, im 1, re 2, im 2, …]`, `[length]`. */
  readonly output: Float32Array;

  private constructor(module: PffftModule, length: number) {
    this.#module = module;
    this.#setup = module._pffft_new_setup(length, REAL_TRANSFORM);
    if (this.#setup === 0) {
      throw new RangeError(`Cannot make an FFT of length ${length}: PFFFT does not support it`);
    }
    const pointers = Array.from({ length: 3 }, () => module._pffft_aligned_malloc(length * 4));
    this.#pointers = pointers;
    const view = (pointer: number): Float32Array =>
      module.HEAPF32.subarray(pointer / 4, pointer / 4 + length);
    this.input = view(pointers[0]);
    this.output = view(pointers[1]);
  }

  /**
   * @param length Samples in a transform: a multiple of 32 whose only prime factors are 2, 3, 5.
   * @throws {RangeError} Where PFFFT does not support the length.
   */
  static async create(length: number): Promise<RealFft> {
    // Each transform has a module of its own, so that its memory never grows under our views.
    return new RealFft(await loadPffft() as PffftModule, length);
  }

  /** Transforms `input` into `output`. */
  transform(): void {
    const [input, output, work] = this.#pointers;
    this.#module._pffft_transform_ordered(this.#setup, input, output, work, FORWARD);
  }

  /** Frees the transform; it can't be used afterwards. */
  close(): void {
    for (const pointer of this.#pointers) this.#module._pffft_aligned_free(pointer);
    this.#module._pffft_destroy_setup(this.#setup);
  }
}
