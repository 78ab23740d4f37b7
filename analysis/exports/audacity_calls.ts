import { join } from "node:path";
import type { Call } from "../../pipeline/calls/mod.ts";
import type { Manifest } from "../../pipeline/scoring/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { sixDecimals } from "./call_fields.ts";
import { locateCall, nameOfUri } from "./located_call.ts";
import { type MappedRecording, RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";
import { WholeFile } from "./whole_file.ts";

/**
 * Calls as Audacity labels (`start⇥end⇥label`, seconds from the recording's beginning): a file for
 * each recording, named after it, in a folder. A recording without calls has an empty one, so that
 * labels of an earlier run are not taken for this one's.
 */
export class AudacityCalls implements CallExporter {
  readonly #folder: string;
  readonly #map = new RecordingMap();
  readonly #labels = new Map<MappedRecording, string>();

  /** @param folder Where the label files are to be. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  onManifest(manifest: Manifest): void {
    this.#map.add(manifest);
  }

  add(call: Call): Promise<void> {
    return Promise.try(() => {
      for (const piece of locateCall(call, this.#map, "Audacity labels")) {
        const { recording, fromSeconds, toSeconds } = piece;
        const label = `call ${sixDecimals(call.peakScore)}`;
        const line = `${fromSeconds.toFixed(6)}\t${toSeconds.toFixed(6)}\t${label}\n`;
        this.#labels.set(recording, (this.#labels.get(recording) ?? "") + line);
      }
    });
  }

  async commit(_about: CallAbout): Promise<string[]> {
    const names = new Set<string>();
    for (const recording of this.#map.recordings) {
      const name = freeName(safeCell(nameOfUri(recording.uri)).replace(/\.[^.]*$/, ""), names);
      names.add(name);
      const file = await WholeFile.open(join(this.#folder, `${name}.txt`));
      try {
        await file.write(this.#labels.get(recording) ?? "");
        await file.commit();
      } finally {
        await file.close();
      }
    }
    return names.size === 0 ? [] : [this.#folder];
  }

  close(): Promise<void> {
    this.#labels.clear();
    return Promise.resolve();
  }
}

/** A name that is not taken: recordings of one name may lie in several folders. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
  return free;
}
