import { formatUtc } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { speciesOf } from "../../pipeline/detector/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import { classOf, type Manifest } from "../../pipeline/scores/mod.ts";
import type { BoutAbout, BoutExporter } from "./bout_exporter.ts";
import { csvText } from "./safe_cell.ts";

/**
 * Bouts as detections for PAMscapes: `start,end,species`, rounded to whole seconds, as it drops
 * times with a fraction. Bouts are as long as before.
 */
export class PamscapesBouts implements BoutExporter {
  readonly #file: AtomicFile;
  #species = speciesOf(undefined);

  private constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** @param path Where the file is to be. */
  static async open(path: string): Promise<PamscapesBouts> {
    const file = await AtomicFile.open(path);
    await file.write(csvText([["start", "end", "species"]]));
    return new PamscapesBouts(file);
  }

  onManifest(manifest: Manifest): void {
    this.#species = speciesOf(classOf(manifest));
  }

  async add({ startMs, stopMs }: Bout): Promise<void> {
    const wholeMs = Math.round(startMs / 1000) * 1000;
    const lengthMs = Math.max(1000, Math.round((stopMs - startMs) / 1000) * 1000);
    const times = [formatUtc(wholeMs), formatUtc(wholeMs + lengthMs)];
    await this.#file.write(csvText([[...times, this.#species]]));
  }

  async commit(_about: BoutAbout): Promise<string[]> {
    await this.#file.commit();
    return [this.#file.path];
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
