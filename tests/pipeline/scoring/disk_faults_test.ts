import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../../pipeline/errors.ts";
import { Operations } from "../../helpers/failing_operations.ts";
import { ScoreStore } from "../../../pipeline/scoring/mod.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";
import { HOURS, scoreTiny } from "../../helpers/tiny_hours.ts";

const CODES = ["EIO", "ENOSPC", "ENOSYS", "ENOLCK", "ESTALE", "EACCES"];
/** Operations without which nothing can be written, or it is not known what lies there. */
const NEEDED = ["mkdir", "open", "read", "write", "sync", "stat", "readDir"];
/** Those that a disk may lack: locks, second names, taking away what is temporary. */
const LACKING = ["tryLock", "link", "remove"];

function isSentence(error: unknown): boolean {
  return error instanceof MegapteraError && (error.kind === "retry" || error.kind === "denied") &&
    /^Cannot (write scores to|read|list) .*\.$/.test(error.message);
}

for (const what of [...NEEDED, ...LACKING, "rename"]) {
  Deno.test(`whatever the system says of ${what}, once or for ever, no hour is half there`, () =>
    withFolder(async (folder) => {
      for (const code of CODES) {
        for (const failure of ["once", "for ever"] as const) {
          for (const n of [1, 2, 5]) {
            const [out, shown] = [
              join(folder, `${code} ${failure} ${n}`),
              `${code} ${failure} ${n}`,
            ];
            if (n === 2) await scoreTiny(out, 9, new Operations(), false);
            const operations = new Operations(n, failure, { what, code });
            const error = await scoreTiny(out, 1, operations, n === 2);
            assert.ok(error === undefined || isSentence(error), `${shown}: ${error}`);
            if (LACKING.includes(what)) assert.equal(error, undefined, `${shown}: ${error}`);
            const store = new ScoreStore(out);
            for (const hourMs of HOURS) {
              const { manifest, csv } = await store.findNow(hourMs);
              if (csv !== undefined) assert.ok(manifest, shown);
            }
            assert.equal(await scoreTiny(out, 1, new Operations(), n === 2), undefined, shown);
            // What could not be taken away is, where the disk can lock.
            const names = await filesBelow(out);
            assert.equal(names.length, 2 * HOURS.length, `${shown}: ${names}`);
          }
        }
      }
    }));
}
