import { FLACDecoder } from "@wasm-audio-decoders/flac";
import type { Block } from "./block_reader.ts";
import { spellOutHeader } from "./spell_out_header.ts";

/** Decodes whole blocks. */
export class BlockDecoder {
  readonly #bits: number;
  #decoder: FLACDecoder | undefined;
  #nextFrame = 0;

  /** @param bits Bits of a sample: 8, 12, 16, 20 or 24. */
  constructor(bits: number) {
    this.#bits = bits;
  }

  /**
   * Decodes blocks that follow one another.
   *
   * @param blocks The blocks, at least one.
   * @returns Their samples a channel, divided by 2^(bits − 1) − 1; undefined where they are wrong
   * though their checksums are right.
   */
  async decode(blocks: readonly Block[]): Promise<Float32Array[] | undefined> {
    // libFLAC fills what is jumped over with silence and calls it a fault, so it begins anew.
    if (blocks[0].startFrame !== this.#nextFrame) this.free();
    if (this.#decoder === undefined) {
      this.#decoder = new FLACDecoder();
      await this.#decoder.ready;
    }
    const stopFrame = blocks.at(-1)!.startFrame + blocks.at(-1)!.frames;
    const bytes = blocks.map((block) => spellOutHeader(block, this.#bits));
    try {
      const { errors, samplesDecoded, channelData } = await this.#decoder.decodeFrames(bytes);
      if (errors.length === 0 && samplesDecoded === stopFrame - blocks[0].startFrame) {
        this.#nextFrame = stopFrame;
        return channelData;
      }
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    }
    // Not freed in its own way, since its memory may be in any state.
    this.#decoder = undefined;
    return undefined;
  }

  /** Lets go of the decoder's memory; the next call of `decode` takes it again. */
  free(): void {
    this.#decoder?.free();
    this.#decoder = undefined;
  }
}
