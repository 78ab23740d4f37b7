import assert from "node:assert/strict";
import { join } from "node:path";
import {
  holdToFamily,
  readClaims,
} from "../../../pipeline/detector/saved_model/geometry_claims.ts";
import { openCheckpoint } from "../../../pipeline/detector/saved_model/open_checkpoint.ts";
import { readTable, type TableEntry } from "../../../pipeline/detector/saved_model/read_table.ts";
import { tarEntries } from "../../../pipeline/detector/saved_model/tar.ts";
import { unpackSavedModel } from "../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { damageBytes } from "../../helpers/damage_bytes.ts";
import { fixture } from "../../helpers/fixtures.ts";
import type { SeededRandom } from "../../helpers/seeded_random.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";
import { TINY } from "../../pipeline/detector/saved_model/read_damaged.ts";
import { MODEL } from "../../pipeline/detector/saved_model/unpack_test_archive.ts";
import { checkpointFiles } from "../../pipeline/detector/saved_model/write_checkpoint.ts";
import {
  FAMILY,
  metadataGraph,
  writeGraph,
} from "../../pipeline/detector/saved_model/write_graph.ts";
import { writeTable } from "../../pipeline/detector/saved_model/write_table.ts";
import {
  gnuLongName,
  pax,
  writeTar,
  writeTarGz,
} from "../../pipeline/detector/saved_model/write_tar_gz.ts";
import { assertSentence, type Bytes, bytesOf, type FuzzTarget, orRefused } from "../target.ts";

const ENTRIES = ["", "a", "ab", "ab/c", "b"].map((key) =>
  [bytesOf(key), bytesOf(`value of ${key}`)] as const
);
const TABLES = [1, 2, 3, 5].map((entriesPerBlock) => writeTable(ENTRIES, { entriesPerBlock }));
const TABLE = readTable(TABLES[0], "a.index");

/** Damages every other block of a file before its checksums are made. */
function unsealed(random: SeededRandom): (block: Uint8Array) => Uint8Array {
  return (block) => random.below(2) === 0 ? damageBytes(block, random) : block;
}

function assertRising(entries: readonly TableEntry[], bytes: Bytes): void {
  const keys = entries.map(({ key }) => key.toHex());
  assert.deepEqual(keys, [...new Set(keys)].sort());
  assert.ok(entries.every(({ value }) => value.length <= bytes.length));
}

/** Tables whose damage meets their checksums: what is taken is what was there. */
export const table: FuzzTarget = {
  wholes: TABLES,
  read: orRefused((bytes) => readTable(bytes, "a.index"), (entries, bytes) => {
    assertRising(entries, bytes);
    // A footer has no checksum: it may come to point at other blocks, never at other bytes.
    const isThere = ({ key, value }: TableEntry): boolean =>
      TABLE.some((one) => one.key.toHex() === key.toHex() && one.value.toHex() === value.toHex());
    assert.ok(entries.every(isThere));
  }),
};

/** Tables whose damage lies behind checksums that fit it. */
export const tableContent: FuzzTarget = {
  wholes: TABLES,
  damage: (_, random) =>
    writeTable(ENTRIES, {
      entriesPerBlock: 1 + random.below(5),
      editBlock: unsealed(random),
    }),
  read: orRefused((bytes) => readTable(bytes, "a.index"), assertRising),
};

const INDEX = "variables/variables.index";
const FILES = checkpointFiles(TINY);

/** Opens a checkpoint of an index, and reads all that it can. */
async function openIndex(index: Bytes): Promise<unknown> {
  let variables: unknown;
  await withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "variables"));
    for (const [name, bytes] of FILES) await Deno.writeFile(join(folder, name), bytes);
    await Deno.writeFile(join(folder, INDEX), index);
    const checkpoint = await openCheckpoint(folder);
    ({ variables } = checkpoint);
    for (const { key, dtype } of checkpoint.variables) {
      if (dtype === 1) await checkpoint.read(key).catch(assertSentence);
    }
  });
  return variables;
}

const WHOLE = await openIndex(FILES.get(INDEX)!);

/** Indexes of checkpoints whose damage meets their checksums. */
export const checkpoint: FuzzTarget = {
  wholes: [FILES.get(INDEX)!],
  read: orRefused(openIndex, (found) => assert.deepEqual(found, WHOLE)),
};

/** Those whose damage lies behind checksums that fit it. */
export const checkpointContent: FuzzTarget = {
  wholes: [FILES.get(INDEX)!],
  damage: (_, random) => checkpointFiles(TINY, { editBlock: unsealed(random) }).get(INDEX)!,
  read: orRefused(openIndex),
};

/** Bytes as a network would give them, in pieces whose sizes they decide themselves. */
async function* piecesOf(bytes: Bytes): AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.length; size = 1 + (bytes[at] ?? 0) * 7) {
    yield await Promise.resolve(bytes.subarray(at, at += size));
  }
}

/** Tars: entries within them. */
export const tar: FuzzTarget = {
  wholes: [writeTar([
    { name: "model/", type: "5" },
    pax("path", `${"é".repeat(90)}/saved_model.pb`),
    { name: "cut", bytes: bytesOf("graph") },
    gnuLongName(`${"a".repeat(120)}/variables/variables.index`),
    { name: "cut", bytes: bytesOf("x".repeat(700)) },
    { name: "link", type: "2", link: "cut" },
    { name: "variables/variables.data-00000-of-00001", bytes: bytesOf("y".repeat(1500)) },
  ])],
  read: orRefused(async (bytes) => {
    let read = 0;
    for await (const { name, body } of tarEntries(piecesOf(bytes), "a.tar")) {
      assert.ok(name.length <= bytes.length);
      // Every other entry is passed over.
      if (name.length % 2 === 0) { for await (const some of body) read += some.length; }
    }
    return read;
  }, (read, bytes) => assert.ok(read <= bytes.length)),
};

/** Archives of SavedModels, zipped and not: nothing is written but into the folder that is named. */
export const archive: FuzzTarget = {
  wholes: [
    await writeTarGz(MODEL),
    await writeTarGz(MODEL.slice(2)),
    writeTar(MODEL),
    await Deno.readFile(fixture("saved_model/encodings.tar.gz")),
  ],
  read: async (bytes) => {
    let outcome: "taken" | "refused" = "refused";
    await withFolder(async (folder) => {
      const path = join(folder, "model.tar.gz");
      await Deno.writeFile(path, bytes);
      outcome = await orRefused(() => unpackSavedModel(path, join(folder, "model")))(bytes);
      const names = (await filesBelow(folder)).filter((name) => name !== "model.tar.gz");
      assert.ok(
        names.every((name) => outcome === "taken" && name.startsWith("model/")),
        `${names}`,
      );
    });
    return outcome;
  },
};

/** Graphs of SavedModels, which say for what audio they are. */
export const graph: FuzzTarget = {
  wholes: [writeGraph(metadataGraph(FAMILY))],
  read: async (bytes) => {
    let outcome: "taken" | "refused" = "refused";
    await withFolder(async (folder) => {
      await Deno.writeFile(join(folder, "saved_model.pb"), bytes);
      outcome = await orRefused(async () => holdToFamily(await readClaims(folder, 1), folder))(
        bytes,
      );
    });
    return outcome;
  },
};
