import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { AtomicFile } from "./whole_file.ts";

/** What calls were made with, beside the formats that have no room for it. */
export class AboutCalls implements CallExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<AboutCalls> {
    return new AboutCalls(await AtomicFile.open(path));
  }

  add(): Promise<void> {
    return Promise.resolve();
  }

  async commit(about: CallAbout): Promise<string[]> {
    await this.#file.write(JSON.stringify(about, undefined, 2) + "\n");
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
