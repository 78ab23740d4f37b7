import type { SeededRandom } from "./seeded_random.ts";

/** Sizes that recorders and attackers write into headers. */
const SIZES = [0, 1, 2, 7, 8, 0x7fffffff, 0x80000000, 0x7ffff000, 0xfffffff0, 0xffffffff];

type Bytes = Uint8Array<ArrayBuffer>;

function flip(bytes: Bytes, random: SeededRandom): Bytes {
  bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes;
}

function overwrite(bytes: Bytes, random: SeededRandom): Bytes {
  bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

function cut(bytes: Bytes, random: SeededRandom): Bytes {
  return bytes.slice(0, random.below(bytes.length + 1));
}

/** Takes a stretch out, doubles it, or puts it over another. */
function splice(bytes: Bytes, random: SeededRandom): Bytes {
  const from = random.below(bytes.length + 1);
  const stop = from + random.below(Math.min(64, bytes.length - from) + 1);
  const part = bytes.slice(from, stop);
  const at = random.pick([from, random.below(bytes.length + 1)]);
  const rest = random.pick([at, Math.min(bytes.length, at + part.length), bytes.length]);
  const kept = random.below(3) === 0 ? [] : [...part];
  return Uint8Array.of(...bytes.subarray(0, at), ...kept, ...bytes.subarray(rest));
}

/** Puts an odd size over four bytes, or a huge one over eight. */
function resize(bytes: Bytes, random: SeededRandom): Bytes {
  if (bytes.length < 8) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = random.below(bytes.length - 7);
  const even = random.below(4) === 0 ? at : at - at % 4;
  view.setUint32(even, random.pick([...SIZES, random.below(2 ** 32)]), true);
  if (random.below(4) === 0) view.setUint32(even + 4, random.pick(SIZES), true);
  return bytes;
}

const WAYS = [flip, overwrite, cut, splice, resize, resize];

/** Bytes damaged in one to four ways: flips, splices, cuts, odd sizes. */
export function damageBytes(whole: Uint8Array, random: SeededRandom): Bytes {
  let bytes = Uint8Array.from(whole);
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left--) {
    bytes = random.pick(WAYS)(bytes, random);
  }
  return bytes;
}
