import { join } from "node:path";
import type { PresenceRow } from "../../analysis/exports/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import type { PresenceWriter } from "./presence_writer.ts";

/** Presence as the files of another system, in a folder. */
export class ExchangePresence implements PresenceWriter {
  readonly #folder: string;
  readonly #filesOf: (rows: readonly PresenceRow[]) => object;
  readonly #rows: PresenceRow[] = [];

  /**
   * @param folder Where the files are to be.
   * @param filesOf Gives their texts by their names.
   */
  constructor(folder: string, filesOf: (rows: readonly PresenceRow[]) => object) {
    this.#folder = folder;
    this.#filesOf = filesOf;
  }

  add(row: PresenceRow): Promise<void> {
    this.#rows.push(row);
    return Promise.resolve();
  }

  async commit(): Promise<string[]> {
    const files: AtomicFile[] = [];
    try {
      for (const [name, text] of Object.entries<string>({ ...this.#filesOf(this.#rows) })) {
        const file = await AtomicFile.open(join(this.#folder, name));
        files.push(file);
        await file.write(text);
      }
      for (const file of files) await file.commit();
      return files.map(({ path }) => path);
    } finally {
      for (const file of files) await file.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
