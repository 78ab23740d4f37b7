import type { Call } from "../../pipeline/calls/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { callFields } from "./call_fields.ts";
import { AtomicFile } from "./whole_file.ts";

/** Calls as JSON: `{ "calls": […], "about": {…} }`, a call a line. */
export class JsonCalls implements CallExporter {
  readonly #file: AtomicFile;
  #separator = "";

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<JsonCalls> {
    const file = await AtomicFile.open(path);
    await file.write('{"calls":[');
    return new JsonCalls(file);
  }

  async add(call: Call): Promise<void> {
    await this.#file.write(`${this.#separator}\n${JSON.stringify(callFields(call))}`);
    this.#separator = ",";
  }

  async commit(about: CallAbout): Promise<string[]> {
    await this.#file.write(`\n],\n"about":${JSON.stringify(about, undefined, 2)}}\n`);
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
