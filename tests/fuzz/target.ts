import assert from "node:assert/strict";
import { MegapteraError } from "../../core/errors.ts";
import { damageBytes } from "../helpers/damage_bytes.ts";
import { damageText } from "../helpers/damage_text.ts";
import type { SeededRandom } from "../helpers/seeded_random.ts";

/** Bytes of an input. */
export type Bytes = Uint8Array<ArrayBuffer>;
/** What came of an input: it was taken, or refused in a sentence. */
export type Outcome = "taken" | "refused";

/** A reader that is given what nobody should write. */
export interface FuzzTarget {
  /** Inputs that are taken, which are then damaged. */
  readonly wholes: readonly Bytes[];
  /** Damages an input; in one to four places of its bytes where this is left out. */
  readonly damage?: (whole: Bytes, random: SeededRandom) => Bytes;
  /**
   * Reads an input, and holds what comes of it to what the reader promises.
   *
   * @throws {Error} Where a promise is broken.
   */
  read(input: Bytes): Outcome | Promise<Outcome>;
}

/** Damages a text in one to three places. */
export function damageAsText(whole: Bytes, random: SeededRandom): Bytes {
  return bytesOf(damageText(new TextDecoder().decode(whole), random));
}

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** A text from bytes, as readers of texts decode them. */
export function textOf(bytes: Bytes): string {
  return new TextDecoder().decode(bytes);
}

/**
 * Makes a reader's promise of it: what is taken is as `check` says, and all else is refused by a fault of
 * one sentence.
 *
 * @param parse Reads an input.
 * @param check Holds what was read to what is promised of it.
 */
export function orRefused<Value>(
  parse: (input: Bytes) => Value | Promise<Value>,
  check: (value: Value, input: Bytes) => void = () => {},
): FuzzTarget["read"] {
  return async (input) => {
    let value: Value;
    try {
      value = await parse(input);
    } catch (error) {
      assertSentence(error);
      return "refused";
    }
    check(value, input);
    return "taken";
  };
}

/** Holds a fault to its form: one sentence that says what could not be done, and why. */
export function assertSentence(error: unknown): void {
  const shown = error instanceof Error ? error.stack : String(error);
  assert.ok(error instanceof MegapteraError, `no fault of the input's: ${shown}`);
  assert.ok(["data", "usage", "configuration"].includes(error.kind), `${error.kind}: ${shown}`);
  assert.match(error.message, /^Cannot [^\n]*\.$/, shown);
  assert.ok(error.message.length < 1000, shown);
}

export { damageBytes };
