import assert from "node:assert/strict";
import fc from "fast-check";
import { crc32c, maskCrc32c } from "../../../../pipeline/detector/saved_model/bytes.ts";

Deno.test("crc32c gives the sums of RFC 3720, appendix B.4", () => {
  assert.equal(crc32c(new Uint8Array(0)), 0);
  assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assert.equal(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
  assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i)), 0x113fdb5c);
});

Deno.test("crc32c of two parts one after the other is that of the whole", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      assert.equal(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut))), crc32c(bytes));
    }),
    { seed: 1 },
  );
});

Deno.test("maskCrc32c is undone by taking the constant off and rotating back", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (crc) => {
      const rotated = (maskCrc32c(crc) - 0xa282ead8) >>> 0;
      assert.equal((rotated >>> 17 | rotated << 15) >>> 0, crc);
    }),
    { seed: 1 },
  );
});
