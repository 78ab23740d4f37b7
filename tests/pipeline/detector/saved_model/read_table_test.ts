import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../../core/errors.ts";
import { readTable } from "../../../../pipeline/detector/saved_model/read_table.ts";
import { writeTable } from "./write_table.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const ENTRIES = ["", "a", "ab", "ab/c", "b"].map((key) =>
  [bytesOf(key), bytesOf(`value of ${key}`)] as const
);

function read(bytes: Uint8Array): [string, string][] {
  const text = (part: Uint8Array): string => new TextDecoder().decode(part);
  return readTable(bytes, "a.index").map(({ key, value }) => [text(key), text(value)]);
}

function assertFault(bytes: Uint8Array, words: RegExp): void {
  assert.throws(() => read(bytes), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data", String(error));
    assert.match(error.message, /^Cannot read a\.index as .*[^.]\.$/);
    assert.match(error.message, words);
    return true;
  });
}

Deno.test("a table gives back its entries, however they are spread over blocks", () => {
  const expected = ENTRIES.map(([key, value]) =>
    [key, value].map((x) => new TextDecoder().decode(x))
  );
  for (const entriesPerBlock of [1, 2, 3, 16]) {
    assert.deepEqual(read(writeTable(ENTRIES, { entriesPerBlock })), expected);
  }
  assert.deepEqual(read(writeTable([])), []);
});

Deno.test("any sorted keys and values come back", () => {
  const entry = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 300 }));
  const hex = (bytes: Uint8Array): string => bytes.toHex();
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ([key]) => hex(key) }), (entries) => {
      entries.sort(([a], [b]) => hex(a) < hex(b) ? -1 : 1);
      const found = readTable(writeTable(entries, { entriesPerBlock: 3 }), "a.index");
      assert.deepEqual(
        found.map(({ key, value }) => [hex(key), hex(value)]),
        entries.map(([key, value]) => [hex(key), hex(value)]),
      );
    }),
    { seed: 1 },
  );
});

Deno.test("bytes that are no table, a cut table and an empty one say so", () => {
  const whole = writeTable(ENTRIES);
  assertFault(new Uint8Array(0), /it is cut or no checkpoint index.*0 bytes/);
  assertFault(new Uint8Array(1000), /it is cut or no checkpoint index/);
  for (const length of [1, 47, 48, whole.length - 1]) {
    assertFault(whole.subarray(0, length), /it is cut or no checkpoint index/);
  }
});

Deno.test("a flipped bit anywhere in a block is found by its checksum", () => {
  const whole = writeTable(ENTRIES);
  const bit = Uint8Array.from(whole);
  bit[20] ^= 4;
  assertFault(bit, /the checksum of its block at 0 is wrong/);
});

Deno.test("compressions that TensorFlow does not use are refused by number", () => {
  assertFault(writeTable(ENTRIES, { compression: 4 }), /compressed \(type 4\)/);
});

Deno.test("blocks that would fill memory when they are decompressed are refused", () => {
  // 2³⁰ bytes are announced.
  const editBlock = (): Uint8Array => Uint8Array.of(0x80, 0x80, 0x80, 0x80, 4, 0, 1);
  assertFault(writeTable(ENTRIES, { compression: 1, editBlock }), /becomes too long: 1073741824/);
});

Deno.test("keys out of order are refused", () => {
  assertFault(writeTable(ENTRIES.toReversed(), { entriesPerBlock: 2 }), /keys are out of order/);
  assertFault(writeTable([ENTRIES[0], ENTRIES[0]]), /keys are out of order/);
});

Deno.test("blocks with a right checksum and a wrong content end in a fault or in entries", () => {
  const edits = fc.tuple(fc.nat(), fc.nat(255));
  fc.assert(
    fc.property(edits, fc.option(fc.nat()), ([at, byte], cut) => {
      const editBlock = (block: Uint8Array): Uint8Array => {
        const edited = Uint8Array.from(block);
        edited[at % edited.length] = byte;
        return cut === null ? edited : edited.subarray(0, cut % edited.length);
      };
      try {
        read(writeTable(ENTRIES, { editBlock, entriesPerBlock: 3 }));
      } catch (error) {
        assert(error instanceof MegapteraError, String(error));
      }
    }),
    { seed: 1, numRuns: 1000 },
  );
});
