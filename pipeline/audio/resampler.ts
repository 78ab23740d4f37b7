import { MegapteraError } from "../../core/mod.ts";
import { FirStage, type FirStageOptions, type SampleSpan } from "./fir_stage.ts";

// soxr's HQ as measured from outside: pass band to 0.913 and stop band from 1.0 of the new Nyquist
// frequency, which a Kaiser window of beta 12.8 and 1,505 taps at 80 kHz matches (docs/accuracy.md).
const CUTOFF = 0.9565;
const BETA = 12.8;
const HALF_WIDTH_PERIODS = 94;
/** Kaiser's formula for the width of the transition band at beta 12.8 (about 125 dB). */
const TAPS_PER_TRANSITION = 8.15;
/** Above twice this multiple of the output rate, a first stage comes down to once to twice of it. */
const DECIMATED_OUTPUTS = 1.6;
const MOST_TAP_BYTES = 48e6;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function inLowestTerms(a: number, b: number): { numerator: number; denominator: number } {
  const divisor = greatestCommonDivisor(a, b);
  return { numerator: a / divisor, denominator: b / divisor };
}

/**
 * Designs a short filter that keeps what the second stage needs, and lets alias what it removes.
 */
function decimation(inputRateHz: number, outputRateHz: number, factor: number): FirStageOptions {
  const passHz = outputRateHz / 2;
  const stopHz = inputRateHz / factor - passHz;
  const halfWidthSeconds = TAPS_PER_TRANSITION / (stopHz - passHz) / 2;
  const response = kaiserSinc((passHz + stopHz) / 2, halfWidthSeconds, BETA);
  return { inputRateHz, numerator: factor, denominator: 1, halfWidthSeconds, response };
}

/** Rates of the last stage, and by how much the one before it comes down. */
function finalRates(
  inputRateHz: number,
  outputRateHz: number,
): Omit<FirStageOptions, "response"> & { factor: number } {
  const factor = Math.max(1, Math.floor(inputRateHz / (DECIMATED_OUTPUTS * outputRateHz)));
  return {
    factor,
    inputRateHz: inputRateHz / factor,
    ...inLowestTerms(inputRateHz, outputRateHz * factor),
    halfWidthSeconds: HALF_WIDTH_PERIODS / outputRateHz,
  };
}

/**
 * Brings audio down to a detector's rate, by a filter whose transfer function matches soxr's HQ
 * quality. Output sample k stands at exactly `k / outputRateHz` from input sample 0. It keeps no
 * state, so that audio cut anywhere gives the same bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const resampler = new Resampler(16_000, 10_000);
 * const wanted = { start: 0, count: 5 };
 * const needed = resampler.inputSpan(wanted); // reaches before the first sample
 * const out = resampler.process(new Float32Array(needed.count), wanted);
 * assert(out.length === 5 && needed.start < 0);
 * ```
 */
export class Resampler {
  readonly #stages: FirStage[];
  readonly #inputRateHz: number;
  readonly #outputRateHz: number;

  /**
   * @param inputRateHz Rate of the recording, an integer ≥ `outputRateHz`.
   * @param outputRateHz Rate wanted, an integer.
   * @throws {MegapteraError} `data` where the rate is too low, or has no practical ratio.
   */
  constructor(inputRateHz: number, outputRateHz: number) {
    const fault = Resampler.fault(inputRateHz, outputRateHz);
    if (fault) throw new MegapteraError("data", `Cannot resample a recording as ${fault}.`);
    this.#inputRateHz = inputRateHz;
    this.#outputRateHz = outputRateHz;
    this.#stages = inputRateHz === outputRateHz ? [] : this.#design();
  }

  /**
   * Tells why audio of one rate can't be brought to another.
   *
   * @param inputRateHz Rate of the recording, an integer.
   * @param outputRateHz Rate wanted, an integer.
   * @returns What follows "Cannot … as", without a full stop; nothing where it can be.
   */
  static fault(inputRateHz: number, outputRateHz: number): string | undefined {
    if (inputRateHz < outputRateHz) {
      return `its sample rate is ${inputRateHz} Hz, and the detector hears to ` +
        `${outputRateHz / 2} Hz, so that it needs ${outputRateHz} Hz or more`;
    }
    const { denominator, halfWidthSeconds, inputRateHz: stageRateHz } = finalRates(
      inputRateHz,
      outputRateHz,
    );
    const taps = denominator * 2 * FirStage.half(halfWidthSeconds, stageRateHz);
    if (taps * 4 <= MOST_TAP_BYTES) return undefined;
    return `its sample rate of ${inputRateHz} Hz has no practical ratio to ${outputRateHz} Hz: it ` +
      `would take ${denominator} phases; resample it to a round rate first, for example with sox`;
  }

  #design(): FirStage[] {
    const { factor, ...rates } = finalRates(this.#inputRateHz, this.#outputRateHz);
    const final: FirStageOptions = {
      ...rates,
      response: kaiserSinc(CUTOFF * this.#outputRateHz / 2, rates.halfWidthSeconds, BETA),
    };
    const stages = [new FirStage(final)];
    if (factor > 1) {
      stages.unshift(new FirStage(decimation(this.#inputRateHz, this.#outputRateHz, factor)));
    }
    return stages;
  }

  /**
   * Computes how many samples a recording has after resampling.
   *
   * @param frames Samples at the recording's rate.
   * @returns `ceil(frames · outputRateHz / inputRateHz)`.
   */
  outputLength(frames: number): number {
    const { numerator, denominator } = inLowestTerms(this.#outputRateHz, this.#inputRateHz);
    const periods = Math.floor(frames / denominator);
    return periods * numerator +
      Math.ceil((frames - periods * denominator) * numerator / denominator);
  }

  /**
   * Finds the input that a span of the output needs. It may reach beyond the recording on either
   * side; what is not there counts as 0.
   */
  inputSpan(span: SampleSpan): SampleSpan {
    return this.#stages.reduceRight((wanted, stage) => stage.inputSpan(wanted), span);
  }

  /**
   * Resamples a span.
   *
   * @param input The samples of `inputSpan(span)`.
   * @param span Which samples of the output.
   * @returns `span.count` samples.
   */
  process(input: Float32Array, span: SampleSpan): Float32Array {
    const spans: SampleSpan[] = [];
    this.#stages.reduceRight(
      (wanted, stage) => (spans.unshift(wanted), stage.inputSpan(wanted)),
      span,
    );
    return this.#stages.reduce((samples, stage, i) => stage.process(samples, spans[i]), input);
  }
}

/** Computes the modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Designs a low-pass filter as a function of time: a sinc under a Kaiser window.
 *
 * @param cutoffHz Frequency of half amplitude.
 * @param halfWidthSeconds The impulse response is 0 from here on.
 * @param beta Shape of the Kaiser window, ≥ 0.
 * @returns The impulse response per second, for a time in seconds; its integral is near 1.
 *
 * Source: Kaiser & Schafer 1980, "On the use of the I0-sinh window for spectrum analysis".
 */
export function kaiserSinc(
  cutoffHz: number,
  halfWidthSeconds: number,
  beta: number,
): (seconds: number) => number {
  const scale = 2 * cutoffHz / besselI0(beta);
  return (seconds) => {
    const edge = seconds / halfWidthSeconds;
    if (Math.abs(edge) >= 1) return 0;
    const angle = 2 * Math.PI * cutoffHz * seconds;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return scale * sinc * besselI0(beta * Math.sqrt(1 - edge * edge));
  };
}
