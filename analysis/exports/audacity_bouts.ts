import type { Bout } from "../../pipeline/bouts/mod.ts";
import { classOf, type Manifest } from "../../pipeline/scores/mod.ts";
import type { BoutAbout, BoutExporter } from "./bout_exporter.ts";
import { locateBout, writeRecordingFiles, writeRecordingList } from "./recording_files.ts";
import { type MappedRecording, RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";

/**
 * Bouts as Audacity labels (`start⇥end⇥label`, seconds from the recording's beginning): a file for
 * each recording with bouts, named after it, in a folder, and beside it the list of all recordings.
 * The label is the class that was scored, alike for all bouts: readers take each label for a class.
 */
export class AudacityBouts implements BoutExporter {
  readonly #base: string;
  readonly #map = new RecordingMap();
  readonly #labels = new Map<MappedRecording, string>();
  #class = "";

  /** @param base Path of the folder and of the list, without their endings. */
  constructor(base: string) {
    this.#base = base;
  }

  onManifest(manifest: Manifest): void {
    this.#map.add(manifest);
    this.#class = safeCell(classOf(manifest));
  }

  add(bout: Bout): Promise<void> {
    return Promise.try(() => {
      for (const piece of locateBout(bout, this.#map, "Audacity labels")) {
        const { recording, fromSeconds, toSeconds } = piece;
        const line = `${fromSeconds.toFixed(6)}\t${toSeconds.toFixed(6)}\t${this.#class}\n`;
        this.#labels.set(recording, (this.#labels.get(recording) ?? "") + line);
      }
    });
  }

  async commit(_about: BoutAbout): Promise<string[]> {
    const list = await writeRecordingList(`${this.#base}.audacity-files.txt`, this.#map);
    const folder = `${this.#base}.audacity`;
    const textOf = this.#labels.get.bind(this.#labels);
    return [...await writeRecordingFiles(folder, ".txt", this.#map, textOf), list];
  }

  close(): Promise<void> {
    this.#labels.clear();
    return Promise.resolve();
  }
}
