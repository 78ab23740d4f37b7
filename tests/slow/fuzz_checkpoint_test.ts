import assert from "node:assert/strict";
import { join } from "node:path";
import { holdToFamily, readClaims } from "../../pipeline/detector/saved_model/geometry_claims.ts";
import { openCheckpoint } from "../../pipeline/detector/saved_model/open_checkpoint.ts";
import type { TableEntry } from "../../pipeline/detector/saved_model/read_block.ts";
import { readTable } from "../../pipeline/detector/saved_model/read_table.ts";
import { tarEntries } from "../../pipeline/detector/saved_model/tar.ts";
import { unpackSavedModel } from "../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { damageBytes } from "../helpers/damage_bytes.ts";
import { fixture } from "../helpers/fixtures.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { TINY } from "../pipeline/detector/saved_model/read_damaged.ts";
import { writeCheckpoint } from "../pipeline/detector/saved_model/write_checkpoint.ts";
import { FAMILY, metadataGraph, writeGraph } from "../pipeline/detector/saved_model/write_graph.ts";
import { gnuLongName, pax, writeTar } from "../pipeline/detector/saved_model/write_tar_gz.ts";
import { writeTable } from "../pipeline/detector/saved_model/write_table.ts";

const TABLE_RUNS = 15_000;
const CHECKPOINT_RUNS = 5_000;
const TAR_RUNS = 10_000;
const GRAPH_RUNS = 5_000;

const ENTRIES = ["", "a", "ab", "ab/c", "b"].map((key) =>
  [new TextEncoder().encode(key), new TextEncoder().encode(`value of ${key}`)] as const
);

function assertFault(error: unknown, seed: number): void {
  const shown = `Seed ${seed}: ${error instanceof Error ? error.stack : error}`;
  assert.ok(error instanceof MegapteraError && error.kind === "data", shown);
  assert.match(error.message, /^Cannot read [^\n]*\.$/, shown);
}

function isOneOf(entry: TableEntry, entries: readonly TableEntry[]): boolean {
  return entries.some(({ key, value }) =>
    key.toHex() === entry.key.toHex() && value.toHex() === entry.value.toHex()
  );
}

Deno.test(`${TABLE_RUNS} damaged tables end in a fault or in entries that rise`, () => {
  const expected = readTable(writeTable(ENTRIES), "a.index");
  let taken = 0;
  for (let seed = 1; seed <= TABLE_RUNS; seed++) {
    const random = new SeededRandom(seed);
    const sealed = random.below(2) === 0;
    const entriesPerBlock = 1 + random.below(5);
    try {
      // damage to a sealed file meets the checksums; damage before sealing meets what is behind
      const edit = (block: Uint8Array): Uint8Array =>
        random.below(2) === 0 ? damageBytes(block, random) : block;
      const bytes = sealed
        ? damageBytes(writeTable(ENTRIES, { entriesPerBlock }), random)
        : writeTable(ENTRIES, { entriesPerBlock, editBlock: edit });
      const entries = readTable(bytes, "a.index");
      taken++;
      // a table's footer has no checksum: it may come to point at other blocks, never at other bytes
      if (sealed) assert.ok(entries.every((entry) => isOneOf(entry, expected)), `Seed ${seed}`);
      const keys = entries.map(({ key }) => key.toHex());
      assert.deepEqual(keys, [...new Set(keys)].sort(), `Seed ${seed}`);
      assert.ok(entries.every(({ value }) => value.length <= bytes.length));
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assertFault(error, seed);
    }
  }
  assert.ok(taken > TABLE_RUNS / 20 && taken < TABLE_RUNS, `${taken} taken`);
});

Deno.test(`${CHECKPOINT_RUNS} damaged checkpoints end in a fault or in variables that are there`, () =>
  withFolder(async (folder) => {
    await writeCheckpoint(folder, TINY);
    const indexPath = join(folder, "variables", "variables.index");
    const whole = await Deno.readFile(indexPath);
    const expected = (await openCheckpoint(folder)).variables;
    let opened = 0;
    for (let seed = 1; seed <= CHECKPOINT_RUNS; seed++) {
      const random = new SeededRandom(seed);
      try {
        const isSealed = random.below(4) === 0;
        if (isSealed) await Deno.writeFile(indexPath, damageBytes(whole, random));
        else await writeCheckpoint(folder, TINY, { editBlock: (b) => damageBytes(b, random) });
        const checkpoint = await openCheckpoint(folder);
        opened++;
        if (isSealed) assert.deepEqual(checkpoint.variables, expected, `Seed ${seed}`);
        for (const { key, dtype } of checkpoint.variables) {
          if (dtype === 1) await checkpoint.read(key).catch((error) => assertFault(error, seed));
        }
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        assertFault(error, seed);
      }
    }
    assert.ok(opened > 0, "none was opened");
  }));

/** Bytes as a network would give them. */
async function* pieces(bytes: Uint8Array, random: SeededRandom): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    yield await Promise.resolve(bytes.subarray(at, at += 1 + random.below(2000)));
  }
}

Deno.test(`${TAR_RUNS} damaged tars end in a fault or in entries within them`, async () => {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  const whole = writeTar([
    { name: "model/", type: "5" },
    pax("path", `${"é".repeat(90)}/saved_model.pb`),
    { name: "cut", bytes: text("graph") },
    gnuLongName(`${"a".repeat(120)}/variables/variables.index`),
    { name: "cut", bytes: text("x".repeat(700)) },
    { name: "link", type: "2", link: "cut" },
    { name: "variables/variables.data-00000-of-00001", bytes: text("y".repeat(1500)) },
  ]);
  let ended = 0;
  for (let seed = 1; seed <= TAR_RUNS; seed++) {
    const random = new SeededRandom(seed);
    const bytes = damageBytes(whole, random);
    try {
      let read = 0;
      for await (const { name, body } of tarEntries(pieces(bytes, random), "a.tar")) {
        assert.ok(name.length <= bytes.length, `Seed ${seed}`);
        if (random.below(2) === 0) { for await (const some of body) read += some.length; }
      }
      assert.ok(read <= bytes.length, `Seed ${seed}`);
      ended++;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assertFault(error, seed);
    }
  }
  assert.ok(ended > TAR_RUNS / 50 && ended < TAR_RUNS, `${ended} ended`);
});

Deno.test(`${GRAPH_RUNS} damaged graphs end in a fault or in what they still say`, () =>
  withFolder(async (folder) => {
    const path = join(folder, "model");
    await unpackSavedModel(fixture("saved_model/encodings.tar.gz"), path);
    const graphs = [
      await Deno.readFile(join(path, "saved_model.pb")),
      writeGraph(metadataGraph(FAMILY)),
    ];
    let taken = 0;
    for (let seed = 1; seed <= GRAPH_RUNS; seed++) {
      const random = new SeededRandom(seed);
      const graph = damageBytes(graphs[seed % 2], random);
      await Deno.writeFile(join(path, "saved_model.pb"), graph);
      try {
        holdToFamily(await readClaims(path, 1), path);
        taken++;
      } catch (error) {
        assertFault(error, seed);
      }
    }
    assert.ok(taken > GRAPH_RUNS / 50 && taken < GRAPH_RUNS / 2, `${taken} taken`);
  }));
