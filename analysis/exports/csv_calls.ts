import type { Call } from "../../pipeline/calls/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { CALL_COLUMNS, callFields } from "./call_fields.ts";
import { csvText } from "./csv_text.ts";
import { AtomicFile } from "./whole_file.ts";

/** Calls as CSV: `start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap`. */
export class CsvCalls implements CallExporter {
  readonly #file: AtomicFile;

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<CsvCalls> {
    const file = await AtomicFile.open(path);
    await file.write(csvText([CALL_COLUMNS]));
    return new CsvCalls(file);
  }

  async add(call: Call): Promise<void> {
    const fields = callFields(call);
    await this.#file.write(csvText([CALL_COLUMNS.map((name) => fields[name] ?? "")]));
  }

  async commit(_about: CallAbout): Promise<string[]> {
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
