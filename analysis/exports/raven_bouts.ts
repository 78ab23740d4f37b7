import type { Bout } from "../../pipeline/bouts/mod.ts";
import { AtomicFile } from "../../pipeline/places/mod.ts";
import { classOf, heardRateHz, type Manifest } from "../../pipeline/scores/mod.ts";
import type { BoutAbout, BoutExporter } from "./bout_exporter.ts";
import { boutFields } from "./bout_fields.ts";
import {
  locateBout,
  nameOfUri,
  pathOfUri,
  writeRecordingFiles,
  writeRecordingList,
} from "./recording_files.ts";
import { type MappedPiece, type MappedRecording, RecordingMap } from "./recording_map.ts";
import { numberCell, safeCell } from "./safe_cell.ts";

/** With a decimal, as crowsetta takes a column of whole numbers for none of frequencies. */
const hertz = (frequency: number): string => frequency.toFixed(1);

/** Columns that Raven knows, then ours, which it keeps as annotations. */
export const RAVEN_COLUMNS = [
  ...["Selection", "View", "Channel", "Begin Time (s)", "End Time (s)"],
  ...["Low Freq (Hz)", "High Freq (Hz)", "Delta Time (s)", "Begin File", "Begin Path"],
  ...["File Offset (s)"],
  ...["Annotation", "Score", "Call", "Call Start", "Call End", "Positive (s)", "Mean Score"],
  ...["Peak Time", "At Gap"],
] as const;
const HEADER = `${RAVEN_COLUMNS.join("\t")}\n`;

/**
 * Bouts as Raven selection tables: a row for each recording that a bout runs through.
 *
 * - One table for a sequence of files: Begin and End Time count over the whole lengths of ALL
 *   recordings in the list that is written beside it, those without bouts too.
 * - One for each recording with bouts, in a folder: Begin and End Time count from its own beginning,
 *   as all readers but Raven take them.
 *
 * File Offset counts from the beginning of the row's own recording in both.
 */
export class RavenBouts implements BoutExporter {
  readonly #table: AtomicFile;
  readonly #base: string;
  readonly #map = new RecordingMap();
  readonly #rows = new Map<MappedRecording, string[]>();
  #selection = 0;
  #bout = 0;
  #class = "";
  /** Upper end of what the detector heard of each recording, in Hz: boxes reach over all of it. */
  readonly #highHz = new Map<string, number>();

  private constructor(table: AtomicFile, base: string) {
    this.#table = table;
    this.#base = base;
  }

  /**
   * @param path Where the table for a sequence of files is to be.
   * @param base Path of the folder and of the list of recordings, without their endings.
   */
  static async open(path: string, base: string): Promise<RavenBouts> {
    const table = await AtomicFile.open(path);
    await table.write(HEADER);
    return new RavenBouts(table, base);
  }

  onManifest(manifest: Manifest): void {
    this.#map.add(manifest);
    this.#class = safeCell(classOf(manifest));
    const { detector, files } = manifest;
    for (const { uri, sampleRateHz } of files) {
      this.#highHz.set(uri, heardRateHz(detector, sampleRateHz) / 2);
    }
  }

  async add(bout: Bout): Promise<void> {
    this.#bout++;
    for (const piece of locateBout(bout, this.#map, "a Raven table")) {
      const { recording } = piece;
      const row = this.#row(bout, piece, ++this.#selection, recording.listSeconds);
      await this.#table.write(row);
      const own = this.#rows.get(recording) ?? [];
      this.#rows.set(recording, own);
      own.push(this.#row(bout, piece, own.length + 1, 0));
    }
  }

  #row(bout: Bout, piece: MappedPiece, selection: number, beforeSeconds: number): string {
    const { recording: { uri, channel }, fromSeconds, toSeconds } = piece;
    const fields = boutFields(bout);
    const seconds = (value: number): string => value.toFixed(6);
    const cells = [
      ...[selection, "Spectrogram 1", channel + 1],
      ...[seconds(beforeSeconds + fromSeconds), seconds(beforeSeconds + toSeconds)],
      ...[hertz(0), hertz(this.#highHz.get(uri)!), seconds(toSeconds - fromSeconds)],
      ...[safeCell(nameOfUri(uri)), safeCell(pathOfUri(uri))],
      ...[seconds(fromSeconds), this.#class, numberCell(fields.peak_score), this.#bout],
      ...[fields.start, fields.end, fields.positive_s, numberCell(fields.mean_score)],
      ...[fields.peak_time, String(fields.at_gap)],
    ];
    return `${cells.join("\t")}\n`;
  }

  async commit(_about: BoutAbout): Promise<string[]> {
    const list = await writeRecordingList(`${this.#base}.raven-files.txt`, this.#map);
    await this.#table.commit();
    const folders = await writeRecordingFiles(
      `${this.#base}.raven`,
      ".Table.1.selections.txt",
      this.#map,
      (recording) =>
        this.#rows.has(recording) ? HEADER + this.#rows.get(recording)!.join("") : undefined,
    );
    return [this.#table.path, list, ...folders];
  }

  async close(): Promise<void> {
    await this.#table.close();
  }
}
