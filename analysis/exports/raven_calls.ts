import type { Call } from "../../pipeline/calls/mod.ts";
import type { Manifest } from "../../pipeline/scoring/mod.ts";
import type { CallAbout } from "./call_about.ts";
import type { CallExporter } from "./call_exporter.ts";
import { callFields } from "./call_fields.ts";
import { locateCall, nameOfUri, pathOfUri } from "./located_call.ts";
import type { MappedPiece } from "./recording_map.ts";
import { RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";
import { WholeFile } from "./whole_file.ts";

/** The detector hears up to here; a box over its whole band. */
const [LOW_HZ, HIGH_HZ] = [0, 5000];

/** Columns that Raven knows, then ours, which it keeps as annotations. */
export const RAVEN_COLUMNS = [
  ...["Selection", "View", "Channel", "Begin Time (s)", "End Time (s)"],
  ...["Low Freq (Hz)", "High Freq (Hz)", "Begin Path", "Begin File", "File Offset (s)"],
  ...["Score", "Call", "Call Start", "Call End", "Positive (s)", "Mean Score", "Peak Time"],
  "At Gap",
] as const;

/**
 * Calls as a Raven selection table: a row for each recording that a call runs through. Begin and End
 * Time count over the whole lengths of ALL recordings in the list that is written beside it, those
 * without calls too; File Offset counts from the beginning of the row's own.
 */
export class RavenCalls implements CallExporter {
  readonly #table: WholeFile;
  readonly #list: WholeFile;
  readonly #map = new RecordingMap();
  #selection = 0;
  #call = 0;

  private constructor(table: WholeFile, list: WholeFile) {
    this.#table = table;
    this.#list = list;
  }

  /**
   * @param path Where the table is to be.
   * @param listPath Where the list of recordings is to be.
   */
  static async open(path: string, listPath: string): Promise<RavenCalls> {
    const table = await WholeFile.open(path);
    await table.write(`${RAVEN_COLUMNS.join("\t")}\n`);
    return new RavenCalls(table, await WholeFile.open(listPath));
  }

  onManifest(manifest: Manifest): void {
    this.#map.add(manifest);
  }

  async add(call: Call): Promise<void> {
    this.#call++;
    for (const piece of locateCall(call, this.#map, "a Raven table")) {
      await this.#table.write(`${this.#row(call, piece).join("\t")}\n`);
    }
  }

  #row(call: Call, { recording, fromSeconds, toSeconds }: MappedPiece): (string | number)[] {
    const { uri, channel, listSeconds } = recording;
    const fields = callFields(call);
    const seconds = (value: number): string => value.toFixed(6);
    return [
      ...[++this.#selection, "Spectrogram 1", channel + 1],
      ...[seconds(listSeconds + fromSeconds), seconds(listSeconds + toSeconds)],
      ...[LOW_HZ, HIGH_HZ, safeCell(pathOfUri(uri)), safeCell(nameOfUri(uri))],
      ...[seconds(fromSeconds), fields.peak_score, this.#call, fields.start, fields.end],
      ...[fields.positive_s, fields.mean_score, fields.peak_time, String(fields.at_gap)],
    ];
  }

  async commit(_about: CallAbout): Promise<string[]> {
    for (const { uri } of this.#map.recordings) {
      await this.#list.write(`${safeCell(pathOfUri(uri))}\n`);
    }
    await this.#list.commit();
    await this.#table.commit();
    return [this.#table.path, this.#list.path];
  }

  async close(): Promise<void> {
    await this.#table.close();
    await this.#list.close();
  }
}
