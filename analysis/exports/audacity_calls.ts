import { join } from "node:path";
import type { Call } from "../../pipeline/calls/mod.ts";
import type { Manifest } from "../../pipeline/scoring/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { sixDecimals } from "./call_fields.ts";
import { locateCall, nameOfUri } from "./located_call.ts";
import { RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";
import { WholeFile } from "./whole_file.ts";

/**
 * Calls as Audacity labels (`start⇥end⇥label`, seconds from the recording's beginning): a file for
 * each recording that has calls, named after it, in a folder.
 */
export class AudacityCalls implements CallExporter {
  readonly #folder: string;
  readonly #map = new RecordingMap();
  readonly #names = new Set<string>();
  readonly #done: WholeFile[] = [];
  #file: WholeFile | undefined;
  #uri = "";

  /** @param folder Where the label files are to be. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  onManifest(manifest: Manifest): void {
    this.#map.add(manifest);
  }

  async add(call: Call): Promise<void> {
    for (const piece of locateCall(call, this.#map, "Audacity labels")) {
      const file = await this.#fileOf(piece.recording.uri);
      const [from, to] = [piece.fromSeconds.toFixed(6), piece.toSeconds.toFixed(6)];
      await file.write(`${from}\t${to}\tcall ${sixDecimals(call.peakScore)}\n`);
    }
  }

  async #fileOf(uri: string): Promise<WholeFile> {
    if (this.#file && this.#uri === uri) return this.#file;
    // Calls come in the order of time, so that a recording is left for good.
    const stem = safeCell(nameOfUri(uri)).replace(/\.[^.]*$/, "");
    let name = stem;
    for (let count = 2; this.#names.has(name); count++) name = `${stem} (${count})`;
    this.#names.add(name);
    const file = await WholeFile.open(join(this.#folder, `${name}.txt`));
    this.#done.push(file);
    [this.#file, this.#uri] = [file, uri];
    return file;
  }

  async commit(_about: CallAbout): Promise<string[]> {
    for (const file of this.#done) await file.commit();
    return this.#done.length === 0 ? [] : [this.#folder];
  }

  async close(): Promise<void> {
    for (const file of this.#done) await file.close();
  }
}
