import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../../core/errors.ts";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { Operations } from "../../helpers/failing_operations.ts";
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
      for (const [i, code] of CODES.entries()) {
        const force = i % 2 === 1;
        const out = join(folder, code);
        if (force) await scoreTiny(out, 9, new Operations(), false);
        for (const failure of ["once", "for ever"] as const) {
          const operations = new Operations(force ? 2 : 1, failure, { what, code });
          const error = await scoreTiny(out, 1, operations, force);
          const shown = `${code} ${failure}: ${error}`;
          assert.ok(error === undefined || isSentence(error), shown);
          if (LACKING.includes(what)) assert.equal(error, undefined, shown);
          const store = new ScoreStore(out);
          for (const hourMs of HOURS) {
            const { manifest, csv } = await store.findNow(hourMs);
            if (csv !== undefined) assert.ok(manifest, shown);
          }
        }
        assert.equal(await scoreTiny(out, 1, new Operations(), force), undefined, code);
        // What could not be taken away is, where the disk can lock.
        const names = await filesBelow(out);
        assert.equal(names.length, 2 * HOURS.length, `${code}: ${names}`);
      }
    }));
}
