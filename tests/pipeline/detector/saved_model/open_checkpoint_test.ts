import assert from "node:assert/strict";
import { join } from "node:path";
import { openCheckpoint, readSavedModel } from "../../../../pipeline/detector/mod.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { readDamaged, TINY } from "./read_damaged.ts";
import { rejectsWith } from "./rejects_with.ts";
import { writeCheckpoint } from "./write_checkpoint.ts";

const INDEX = join("variables", "variables.index");
const DATA = join("variables", "variables.data-00000-of-00001");

const flip = (at: number) => (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes;
};
const cut = (length: number) => (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  bytes.slice(0, length < 0 ? bytes.length + length : length);

Deno.test("a checkpoint lists its variables by key, with names, types and shapes", () =>
  withFolder(async (folder) => {
    const counter = { key: "save_counter", fullName: "save_counter", shape: [] };
    await writeCheckpoint(folder, [...TINY, { ...counter, values: BigInt64Array.of(3n) }]);
    const checkpoint = await openCheckpoint(folder);
    assert.equal(checkpoint.variables.length, TINY.length + 1);
    const { key, fullName, shape, values } = TINY[0];
    const found = checkpoint.variables.find((variable) => variable.key === key);
    assert.deepEqual(found, { key, fullName, dtype: 1, shape });
    assert.deepEqual(await checkpoint.read(key), values);
    await assert.rejects(checkpoint.read("save_counter"), RangeError);
    await assert.rejects(checkpoint.read("nowhere"), RangeError);
  }));

Deno.test("a flipped bit in a data file names the file and the variable", async () => {
  await rejectsWith(
    readDamaged(DATA, flip(-1)),
    /variables\.data-00000-of-00001 as it is damaged: the checksum of "variables\/\d+\/\.ATTR/,
  );
  await rejectsWith(readDamaged(DATA, flip(40)), /the checksum of its object graph is wrong/);
});

Deno.test("a flipped bit in the index, a cut index and an empty one are bad data", async () => {
  await rejectsWith(readDamaged(INDEX, flip(100)), /variables\.index .* checksum of its block/);
  await rejectsWith(readDamaged(INDEX, cut(-1)), /variables\.index as it is cut or no checkpoint/);
  await rejectsWith(readDamaged(INDEX, cut(300)), /it is cut or no checkpoint index.*300 bytes/);
  await rejectsWith(readDamaged(INDEX, cut(0)), /it is cut or no checkpoint index.*0 bytes/);
});

Deno.test("a cut or missing data file is named before anything is read of it", async () => {
  await rejectsWith(
    readDamaged(DATA, cut(-1)),
    /data-00000-of-00001 as it is cut: \d+ of \d+ bytes/,
  );
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, TINY, { shards: 3 });
    await Deno.remove(join(folder, "variables", "variables.data-00002-of-00003"));
    await rejectsWith(openCheckpoint(folder), /data-00002-of-00003 as there is no such file/);
  });
});

Deno.test("kinds of checkpoints that are not supported are refused by name", async () => {
  const same = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes;
  await rejectsWith(readDamaged(INDEX, same, { bigEndian: true }), /its data are big-endian/);
  await rejectsWith(readDamaged(INDEX, same, { sliced: true }), /is stored in slices/);
  await rejectsWith(readDamaged(INDEX, same, { compression: 2 }), /compressed \(type 2\)/);
});

Deno.test("a folder without a checkpoint and a path to nothing say which file is missing", () =>
  withFolder(async (folder) => {
    await rejectsWith(readSavedModel(folder), /variables\.index as there is no such file/);
    await rejectsWith(readSavedModel(join(folder, "none")), /none as there is no such file/);
  }));

Deno.test("a shape that does not fit the stored bytes is refused", () =>
  withFolder(async (folder) => {
    const shape = [2 ** 30, 2 ** 30, 2 ** 30];
    await writeCheckpoint(folder, [{ ...TINY[0], shape }]);
    await rejectsWith(openCheckpoint(folder), /has 256 bytes for the shape \[1073741824,/);
  }));
