import { PRESENCE_HEADER, type PresenceCell, presenceRow } from "../../analysis/presence/mod.ts";
import type { TimeZone } from "../../core/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import { printText } from "../print.ts";
import type { PresenceWriter } from "./presence_writer.ts";

/** Lines that are printed at a time. */
const PRINTED_LINES = 1000;

/** Presence as CSV, into a file or on standard output. */
export class CsvPresence implements PresenceWriter {
  readonly #zone: TimeZone;
  readonly #file: AtomicFile | undefined;
  readonly #lines: string[] = [PRESENCE_HEADER];

  private constructor(zone: TimeZone, file: AtomicFile | undefined) {
    this.#zone = zone;
    this.#file = file;
  }

  /**
   * @param zone Whose clock times are written in.
   * @param path Where the file is to be; standard output where there is none.
   */
  static async open(zone: TimeZone, path: string | undefined): Promise<CsvPresence> {
    return new CsvPresence(zone, path === undefined ? undefined : await AtomicFile.open(path));
  }

  async add(cell: PresenceCell): Promise<void> {
    this.#lines.push(presenceRow(cell, this.#zone));
    if (this.#lines.length >= PRINTED_LINES) await this.#flush();
  }

  async commit(): Promise<string[]> {
    await this.#flush();
    await this.#file?.commit();
    return this.#file ? [this.#file.path] : [];
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = this.#lines.splice(0).join("\n");
    if (this.#file) await this.#file.write(`${text}\n`);
    else printText(text);
  }
}
