import { createHash } from "node:crypto";
import { join } from "node:path";
import { MegapteraError } from "../errors.ts";
import { diskWriteFault } from "../storage/disk_write_fault.ts";
import { hourPath } from "./hour.ts";
import { formatManifest, type Manifest, parseManifest } from "./manifest.ts";
import { type PreparedFile, prepareFile, tryWriting } from "../storage/write_whole.ts";

/** SHA-256 of a text in UTF-8, hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hourly score files and their manifests in a folder: `YYYY/MM/YYYYMMDD_HH.csv` and `.json`. */
export class ScoreStore {
  /** The folder, as it was given. */
  readonly folder: string;

  /** @param folder Where the hours lie or are to lie. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Makes the folder and tries to write into it, so that hours of work are not found to be in vain.
   *
   * @throws {MegapteraError} `denied` or `retry`, as `write` does.
   */
  async prepare(): Promise<void> {
    try {
      await tryWriting(this.folder);
    } catch (error) {
      throw diskWriteFault(this.folder, error);
    }
  }

  /** Path of an hour's scores. */
  csvPath(hourMs: number): string {
    return join(this.folder, `${hourPath(hourMs)}.csv`);
  }

  /** Path of an hour's manifest. */
  manifestPath(hourMs: number): string {
    return join(this.folder, `${hourPath(hourMs)}.json`);
  }

  /** An hour's manifest; nothing where there is none. */
  async readManifest(hourMs: number): Promise<Manifest | undefined> {
    const path = this.manifestPath(hourMs);
    const text = await readIfThere(path);
    return text === undefined ? undefined : parseManifest(text, path);
  }

  /** An hour's scores as text; nothing where there are none. */
  readCsv(hourMs: number): Promise<string | undefined> {
    return readIfThere(this.csvPath(hourMs));
  }

  /**
   * Writes an hour, the scores last. Both files are written whole before either is put in its
   * place, and scores that are replaced go first: at no moment do scores lie beside a manifest that
   * is not theirs.
   *
   * @param hourMs Start of the hour.
   * @param manifest Says the hash of `csv`, or that there is none.
   * @param csv The scores' text; nothing where the hour has no audio.
   * @throws {MegapteraError} `denied` where the folder can't be written to, `retry` otherwise.
   */
  async write(hourMs: number, manifest: Manifest, csv: string | undefined): Promise<void> {
    const prepared: PreparedFile[] = [];
    try {
      prepared.push(await prepareFile(this.manifestPath(hourMs), formatManifest(manifest)));
      if (csv !== undefined) prepared.push(await prepareFile(this.csvPath(hourMs), csv));
      await Deno.remove(this.csvPath(hourMs)).catch(ignoreMissing);
      for (const file of prepared) await file.commit();
    } catch (error) {
      throw diskWriteFault(this.csvPath(hourMs), error);
    } finally {
      for (const file of prepared) await file.close();
    }
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new MegapteraError("denied", `Cannot read ${path}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
