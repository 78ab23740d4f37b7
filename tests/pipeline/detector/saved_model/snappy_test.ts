import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../../core/errors.ts";
import { decompressSnappy } from "../../../../pipeline/detector/saved_model/read_table.ts";

// Blocks of a real implementation are in exported_model_test.ts; these are format_description.txt's
// own kinds of elements, of which compressors use only some.
const bytes = (words: string): number[] => [...new TextEncoder().encode(words)];
const text = (block: number[]): string =>
  new TextDecoder().decode(decompressSnappy(Uint8Array.from(block), 1000, "a.index"));

Deno.test("every kind of literal and of copy is decompressed", () => {
  const blocks: [block: number[], expected: string][] = [
    [[0], ""],
    [[3, 2 << 2, ...bytes("abc")], "abc"],
    // A literal whose length stands in 1, 2, 3 or 4 bytes of its own.
    [[3, 60 << 2, 2, ...bytes("abc")], "abc"],
    [[3, 61 << 2, 2, 0, ...bytes("abc")], "abc"],
    [[3, 62 << 2, 2, 0, 0, ...bytes("abc")], "abc"],
    [[3, 63 << 2, 2, 0, 0, 0, ...bytes("abc")], "abc"],
    // Copies that look back by 11, 16 and 32 bits; the last runs into itself.
    [[8, 3 << 2, ...bytes("abcd"), 0 << 2 | 1, 4], "abcdabcd"],
    [[7, 3 << 2, ...bytes("abcd"), 2 << 2 | 2, 3, 0], "abcdbcd"],
    [[7, 3 << 2, ...bytes("abcd"), 2 << 2 | 3, 3, 0, 0, 0], "abcdbcd"],
    [[9, 1 << 2, ...bytes("ab"), 6 << 2 | 2, 2, 0], "ababababa"],
  ];
  for (const [block, expected] of blocks) assert.equal(text(block), expected);
  // 300 letters, a copy from 300 back: the upper bits of 11 stand in the tag.
  const far = [...new Array(300).keys()].map((i) => 97 + i % 26);
  const block = [0xb0, 2, 61 << 2, 299 & 255, 299 >> 8, ...far, 1 << 5 | 0 << 2 | 1, 300 & 255];
  assert.equal(
    text(block),
    new TextDecoder().decode(Uint8Array.from([...far, ...far.slice(0, 4)])),
  );
});

Deno.test("damaged blocks end in a fault", () => {
  for (
    const block of [
      [],
      [3],
      [3, 2 << 2, 97],
      [2, 2 << 2, ...bytes("abc")],
      [4, 2 << 2, ...bytes("abc")],
      [8, 3 << 2, ...bytes("abcd"), 1, 5],
      [8, 3 << 2, ...bytes("abcd"), 1, 0],
      [6, 3 << 2, ...bytes("abcd"), 1, 4],
      [0xff, 0xff, 0xff, 0xff, 0x0f],
    ]
  ) assert.throws(() => text(block), MegapteraError, String(block));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (block) => {
      try {
        assert(decompressSnappy(block, 1000, "a.index").length <= 1000);
      } catch (error) {
        assert(error instanceof MegapteraError, String(error));
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});
