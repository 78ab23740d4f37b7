import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { dayOf } from "../../core/mod.ts";
import { DiskStorage, type Storage, type StoredText } from "../places/mod.ts";
import { DoneIndex } from "./done_index.ts";
import { hourPath } from "./hour.ts";
import { formatManifest, type Manifest, parseManifest } from "./manifest.ts";

/** Hashes a text in UTF-8 by SHA-256, hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Files that are there for an hour; a version is `null` where its file is not there. */
export interface FoundHour {
  readonly manifest?: Manifest;
  readonly manifestVersion: string | null;
  readonly csv?: string;
  readonly csvVersion: string | null;
}

/** Tells whether both files lie there and belong together; of an hour without audio its manifest. */
export function isWhole({ manifest, csv }: FoundHour): boolean {
  if (manifest === undefined) return false;
  return manifest.csv === null
    ? csv === undefined
    : csv !== undefined && sha256(csv) === manifest.csv.sha256;
}

/** The folder that an hour's files lie in. */
const folderOf = (hourMs: number): string => dirname(hourPath(hourMs));

const NOTHING: FoundHour = { manifestVersion: null, csvVersion: null };

/**
 * Keeps hourly score files and their manifests: `YYYY/MM/YYYYMMDD_HH.csv` and `.json`, in a folder
 * or an S3 bucket.
 */
export class ScoreStore {
  /** Name of the place where they lie, as it was given. */
  readonly name: string;
  /** Note of which hours were done; kept where requests take time. */
  readonly index: DoneIndex | undefined;
  readonly #storage: Storage;
  /** Paths and versions of each day's files, as a listing shows them. */
  readonly #listed = new Map<number, Promise<Map<string, string>>>();

  /** @param place Where the hours lie or are to lie: a folder, or a storage. */
  constructor(place: string | Storage) {
    this.#storage = typeof place === "string" ? new DiskStorage(place) : place;
    this.name = this.#storage.name;
    if (this.#storage.isRemote) this.index = new DoneIndex(this.#storage);
  }

  /**
   * Makes the place ready and tries to write to it, so that hours of work are not found to be in
   * vain; removes what killed runs left where these hours are to lie.
   *
   * @param hours Starts of the hours that are to be written.
   * @throws {MegapteraError} `denied` or `retry`, as `write` does.
   */
  async prepare(hours: readonly number[]): Promise<void> {
    await this.#storage.tryWriting();
    for (const folder of new Set(hours.map(folderOf))) await this.#storage.tidy(folder);
  }

  /** Names the file of an hour's scores, for people. */
  csvPath(hourMs: number): string {
    return `${this.name}/${hourPath(hourMs)}.csv`;
  }

  /** Names the file of an hour's manifest, for people. */
  manifestPath(hourMs: number): string {
    return `${this.name}/${hourPath(hourMs)}.json`;
  }

  /** Reads an hour's manifest; nothing where there is none. */
  async readManifest(hourMs: number): Promise<Manifest | undefined> {
    const found = await this.#storage.read(`${hourPath(hourMs)}.json`);
    return found && parseManifest(found.text, this.manifestPath(hourMs));
  }

  /** Reads an hour's scores as text; nothing where there are none. */
  async readCsv(hourMs: number): Promise<string | undefined> {
    return (await this.#storage.read(`${hourPath(hourMs)}.csv`))?.text;
  }

  /**
   * Finds the versions of an hour's files by the listing of its day, which is asked for once.
   * Nothing where the storage is near and needs no listing.
   */
  async listed(
    hourMs: number,
  ): Promise<Pick<FoundHour, "manifestVersion" | "csvVersion"> | undefined> {
    if (!this.#storage.isRemote) return undefined;
    const dayMs = dayOf(hourMs);
    const known = this.#listed.get(dayMs) ?? this.#list(dayMs);
    this.#listed.set(dayMs, known);
    known.catch(() => this.#listed.delete(dayMs));
    const versions = await known;
    const path = hourPath(hourMs);
    return {
      manifestVersion: versions.get(`${path}.json`) ?? null,
      csvVersion: versions.get(`${path}.csv`) ?? null,
    };
  }

  /**
   * Finds the files of an hour. Of a storage far away nothing is asked for that the listing of its
   * day does not show.
   */
  async find(hourMs: number): Promise<FoundHour> {
    const listed = await this.listed(hourMs);
    if (listed && listed.manifestVersion === null && listed.csvVersion === null) return NOTHING;
    return await this.findNow(hourMs);
  }

  /** Finds the files of an hour as they are at this moment. */
  async findNow(hourMs: number): Promise<FoundHour> {
    const { json, csv } = await this.#read(hourMs);
    return {
      ...(json && { manifest: parseManifest(json.text, this.manifestPath(hourMs)) }),
      manifestVersion: json?.version ?? null,
      ...(csv && { csv: csv.text }),
      csvVersion: csv?.version ?? null,
    };
  }

  /** Finds the versions of an hour's files, whatever is in them: what `--force` is to replace. */
  async versions(hourMs: number): Promise<FoundHour> {
    const listed = await this.listed(hourMs);
    if (listed) return listed;
    const { json, csv } = await this.#read(hourMs);
    return { manifestVersion: json?.version ?? null, csvVersion: csv?.version ?? null };
  }

  /** Tells whether the manifest that lies there is this one to the letter. */
  async holds(hourMs: number, manifest: Manifest): Promise<boolean> {
    const found = await this.#storage.read(`${hourPath(hourMs)}.json`);
    return found?.text === formatManifest(manifest);
  }

  /**
   * Writes an hour, the scores last: where none lie there, its manifest claims the hour for one way of
   * scoring it, and at no moment do scores lie beside a manifest that is not theirs without its hash
   * saying so.
   *
   * @param hourMs Start of the hour.
   * @param manifest Says the hash of `csv`, or that there is none.
   * @param csv The scores' text; nothing where the hour has no audio.
   * @param replaces What it may replace; whatever is there by default.
   * @returns The versions of what was written.
   * @throws {StorageConflict} Where something else lies there by now.
   * @throws {MegapteraError} `denied` where it can't be written to, `retry` otherwise.
   */
  async write(
    hourMs: number,
    manifest: Manifest,
    csv: string | undefined,
    replaces?: FoundHour,
  ): Promise<{ manifestVersion: string | null; csvVersion: string | null }> {
    const path = hourPath(hourMs);
    const [manifestVersion, csvVersion] = await this.#storage.write([
      {
        path: `${path}.json`,
        text: formatManifest(manifest),
        ...(replaces && { replaces: replaces.manifestVersion }),
      },
      {
        path: `${path}.csv`,
        text: csv ?? null,
        ...(replaces && { replaces: replaces.csvVersion }),
      },
    ]);
    return { manifestVersion, csvVersion };
  }

  /**
   * Reads the scores before the manifest, which is written before them: so that nobody sees scores
   * without one. An empty file is a place claimed by a writer that has not come to fill it.
   */
  async #read(hourMs: number): Promise<{ json?: StoredText; csv?: StoredText }> {
    const path = hourPath(hourMs);
    const csv = await this.#storage.read(`${path}.csv`);
    const json = await this.#storage.read(`${path}.json`);
    return { ...(json?.text ? { json } : {}), ...(csv?.text ? { csv } : {}) };
  }

  async #list(dayMs: number): Promise<Map<string, string>> {
    const versions = new Map<string, string>();
    const day = hourPath(dayMs).slice(0, -"HH".length);
    for await (const { path, version } of this.#storage.list(day)) versions.set(path, version);
    return versions;
  }
}
