import { SeededRandom } from "../../../core/mod.ts";
import { decibelsToGain } from "./decibels.ts";
import { drawEchoes, type Echo, withEchoes } from "./echoes.ts";
import type { OceanEvent } from "./ocean_event.ts";
import { renderUnit } from "./render_unit.ts";
import { sing, type SungUnit } from "./sing.ts";
import { CELL_SAMPLES, type Surroundings, type Voice } from "./voice.ts";

/** Room for a unit's echoes, in seconds. */
const ECHO_SECONDS = 0.75;

/** A bout of humpback-like song. */
export class SongVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  /** Where the first unit starts, in seconds from the start of the ocean. */
  readonly startSeconds: number;
  /** Where the last unit ends, its echoes not counted. */
  readonly stopSeconds: number;
  readonly #units: readonly SungUnit[];
  readonly #echoes: readonly Echo[];
  readonly #gain: number;
  readonly #sampleRateHz: number;
  /** Units that the last cell needed, by their index. */
  readonly #rendered = new Map<number, Float32Array>();

  /**
   * @param event Where and how loud.
   * @param surroundings The ocean it is in.
   * @throws {RangeError} Where the event is too short for one unit.
   */
  constructor(event: OceanEvent, { sampleRateHz, referenceRms }: Surroundings) {
    const units = sing(event.seed, event.startSeconds, event.stopSeconds);
    const last = units.at(-1);
    if (last === undefined) {
      throw new RangeError(
        `Cannot sing from ${event.startSeconds} to ${event.stopSeconds} s as the first unit of ` +
          `seed ${event.seed} lasts longer`,
      );
    }
    this.#units = units;
    this.#echoes = drawEchoes(new SeededRandom(event.seed, 0xec));
    this.#gain = referenceRms * decibelsToGain(event.levelDb);
    this.#sampleRateHz = sampleRateHz;
    this.startSeconds = units[0].startSeconds;
    this.stopSeconds = last.startSeconds + last.durationSeconds;
    this.startSample = Math.floor(this.startSeconds * sampleRateHz);
    this.stopSample = Math.ceil((this.stopSeconds + ECHO_SECONDS) * sampleRateHz);
  }

  add(out: Float32Array, cell: number): void {
    const first = cell * CELL_SAMPLES;
    this.#units.forEach((unit, index) => {
      const start = Math.round(unit.startSeconds * this.#sampleRateHz);
      const reach = (unit.durationSeconds + ECHO_SECONDS) * this.#sampleRateHz;
      if (start >= first + CELL_SAMPLES || start + reach <= first) {
        this.#rendered.delete(index);
        return;
      }
      const samples = this.#render(unit, index);
      const gain = this.#gain * decibelsToGain(unit.levelDb);
      const stop = Math.min(first + CELL_SAMPLES, start + samples.length);
      for (let i = Math.max(start, first); i < stop; i++) {
        out[i - first] += gain * samples[i - start];
      }
    });
  }

  #render(unit: SungUnit, index: number): Float32Array {
    let samples = this.#rendered.get(index);
    if (samples === undefined) {
      const dry = renderUnit(unit, this.#sampleRateHz);
      samples = withEchoes(dry, this.#echoes, this.#sampleRateHz);
      this.#rendered.set(index, samples);
    }
    return samples;
  }
}
