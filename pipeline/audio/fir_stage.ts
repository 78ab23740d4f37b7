import { isSilent } from "../../core/mod.ts";
import { FIR_WASM_BASE64 } from "./fir_wasm.ts";

/** Outputs of one call into the kernel, bounded so that its input stays under this many samples. */
const BLOCK_SAMPLES = 1 << 19;

/** Rates and filter of a stage. */
export interface FirStageOptions {
  /** Sample rate that goes in, in Hz. */
  inputRateHz: number;
  /** Output k stands at input position `k · numerator / denominator`, in lowest terms. */
  numerator: number;
  denominator: number;
  /** Half the length of the impulse response. */
  halfWidthSeconds: number;
  /** The impulse response per second. */
  response: (seconds: number) => number;
}

/**
 * Changes a sample rate by a fraction, by one polyphase filter. It keeps no state: any span of its
 * output is computed from the input under it, with the same bits however the audio is cut.
 */
export class FirStage {
  readonly #kernel: FirKernel;
  readonly #numerator: number;
  readonly #denominator: number;
  readonly #half: number;
  readonly #phaseTaps: number;
  readonly #blockOutputs: number;
  readonly #inputAddress: number;
  readonly #outputAddress: number;

  constructor(options: FirStageOptions) {
    this.#numerator = options.numerator;
    this.#denominator = options.denominator;
    this.#half = FirStage.half(options.halfWidthSeconds, options.inputRateHz);
    this.#phaseTaps = FirStage.phaseTaps(this.#half);
    const ratio = this.#numerator / this.#denominator;
    this.#blockOutputs = Math.max(1, Math.floor(BLOCK_SAMPLES / Math.max(1, ratio)));
    const inputSamples = Math.ceil(this.#blockOutputs * ratio) + this.#phaseTaps + 1;
    this.#inputAddress = this.#denominator * this.#phaseTaps * 4;
    this.#outputAddress = this.#inputAddress + inputSamples * 4;
    this.#kernel = makeFirKernel(this.#outputAddress + this.#blockOutputs * 4);
    this.#designTaps(options);
  }

  /** Computes the number of input samples on each side of an output. */
  static half(halfWidthSeconds: number, inputRateHz: number): number {
    return Math.ceil(halfWidthSeconds * inputRateHz);
  }

  /** Taps that a phase takes in memory: the kernel adds 16 at a time. */
  static phaseTaps(half: number): number {
    return Math.ceil(2 * half / 16) * 16;
  }

  #designTaps({ inputRateHz, response }: FirStageOptions): void {
    const phases = this.#denominator;
    const taps = new Float64Array(phases * this.#phaseTaps);
    let sum = 0;
    for (let phase = 0; phase < phases; phase++) {
      for (let tap = 0; tap < 2 * this.#half; tap++) {
        const samples = tap - (this.#half - 1) - phase / phases;
        const value = response(samples / inputRateHz);
        taps[phase * this.#phaseTaps + tap] = value;
        sum += value;
      }
    }
    const target = new Float32Array(this.#kernel.memory.buffer, 0, taps.length);
    for (let i = 0; i < taps.length; i++) target[i] = taps[i] * phases / sum;
  }

  /**
   * Counts the whole input samples before output `k`, and finds its phase; exact for any `k` below
   * 2^53.
   */
  #position(k: number): { sample: number; phase: number } {
    const periods = Math.floor(k / this.#denominator);
    const scaled = (k - periods * this.#denominator) * this.#numerator;
    const samples = Math.floor(scaled / this.#denominator);
    return {
      sample: periods * this.#numerator + samples,
      phase: scaled - samples * this.#denominator,
    };
  }

  /** Finds the input that a span of the output needs. */
  inputSpan({ start, count }: SampleSpan): SampleSpan {
    const first = this.#position(start).sample - (this.#half - 1);
    const last = this.#position(start + count - 1).sample + this.#half;
    return { start: first, count: last - first + 1 };
  }

  /**
   * Filters a span.
   *
   * @param input The samples of `inputSpan(span)`.
   * @param span Which outputs.
   * @returns `span.count` samples.
   */
  process(input: Float32Array, span: SampleSpan): Float32Array {
    const output = new Float32Array(span.count);
    if (isSilent(input)) return output;
    const origin = this.inputSpan(span).start;
    for (let done = 0; done < span.count; done += this.#blockOutputs) {
      const count = Math.min(this.#blockOutputs, span.count - done);
      const block = { start: span.start + done, count };
      const needed = this.inputSpan(block);
      const from = needed.start - origin;
      this.#run(input.subarray(from, from + needed.count), block, output.subarray(done));
    }
    return output;
  }

  #run(input: Float32Array, block: SampleSpan, output: Float32Array): void {
    const { memory } = this.#kernel;
    new Float32Array(memory.buffer, this.#inputAddress, input.length).set(input);
    // The taps that pad a phase are 0, but what lies under them must be finite.
    new Float32Array(memory.buffer, this.#inputAddress + input.length * 4, this.#pad()).fill(0);
    this.#kernel.resample(
      this.#inputAddress,
      this.#outputAddress,
      block.count,
      0,
      this.#phaseTaps * 4,
      this.#position(block.start).phase,
      this.#denominator,
      this.#numerator % this.#denominator,
      Math.floor(this.#numerator / this.#denominator) * 4,
    );
    output.set(new Float32Array(memory.buffer, this.#outputAddress, block.count));
  }

  #pad(): number {
    return this.#phaseTaps - 2 * this.#half;
  }
}

/** The compiled loop of fir.wat; addresses, strides and counts as there. */
interface FirKernel {
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
function makeFirKernel(bytes: number): FirKernel {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(FIR_WASM_BASE64), (character) => character.charCodeAt(0)),
  );
  const kernel = new WebAssembly.Instance(compiled).exports as unknown as FirKernel;
  kernel.memory.grow(Math.ceil(bytes / 65_536));
  return kernel;
}

/** A span of samples: `[start, start + count)`. */
export interface SampleSpan {
  start: number;
  count: number;
}
