import { DAY_MS, formatUtc, mapLimited, MegapteraError } from "../../core/mod.ts";
import { openRecording, type Recording, type RecordingNeeds } from "../audio/mod.ts";
import type { RemoteAccess } from "../places/mod.ts";
import type { Absence } from "./absent.ts";
import { type Archive, catalogueOfDay, LOOK_AHEAD_MS, LOOK_BACK_MS } from "./archive.ts";
import { type Catalogue, type DescribedPlace, describePlace, makeCatalogue } from "./catalogue.ts";
import { mixedRecorders } from "./recorders.ts";
import { type ListedRecording, listRecordings, type RecordingList } from "./recording_list.ts";
import type { RecordingStartOptions } from "./start_time.ts";
import { isTemplate, templateList } from "./template.ts";

/** Headers read at the same time. */
const OPENED_AT_ONCE = 16;
/** Days whose catalogues are kept: workers are about the same day or the next. */
const DAYS_KEPT = 3;
/** Recordings tried before it is said that none can be read. */
const MOST_PROBES = 64;

/** What a list's archive needs. */
export interface ListedArchiveOptions extends RecordingNeeds {
  /** Opens a place. */
  open: (place: string) => Promise<Recording>;
  /** The range that is asked for, epoch milliseconds. */
  startMs: number;
  stopMs: number;
}

/**
 * An archive of the recordings that a list names: a day's headers are read when the day is asked
 * for, and kept while its neighbours may be. A recording that is missing, may not be read, or can't
 * be, or lacks what is needed, is a gap with its reason, as long as another one in the range can be scored.
 */
export class ListedArchive implements Archive {
  readonly #list: RecordingList;
  readonly #options: ListedArchiveOptions;
  readonly #described = new Map<string, Promise<DescribedPlace>>();
  readonly #days = new Map<number, Promise<Catalogue>>();
  #isReadable = false;

  /**
   * @param list Which recordings there are.
   * @param options How to open them, and the range.
   */
  constructor(list: RecordingList, options: ListedArchiveOptions) {
    this.#list = list;
    this.#options = options;
  }

  get zonelessNames(): number {
    const { startMs, stopMs } = this.#options;
    return this.#list.between(startMs, stopMs).filter(({ isZoneAssumed }) => isZoneAssumed).length;
  }

  get notes(): readonly string[] {
    return this.#list.notes;
  }

  day(dayMs: number): Promise<Catalogue> {
    const known = this.#days.get(dayMs);
    if (known) return known;
    const made = this.#make(dayMs);
    made.catch(() => this.#days.delete(dayMs)); // it is thrown where it is awaited
    this.#days.set(dayMs, made);
    for (const other of [...this.#days.keys()].slice(0, -DAYS_KEPT)) this.#days.delete(other);
    return made;
  }

  async #make(dayMs: number): Promise<Catalogue> {
    const listed = this.#list.between(dayMs - LOOK_BACK_MS, dayMs + DAY_MS + LOOK_AHEAD_MS);
    const described = await mapLimited(listed, OPENED_AT_ONCE, (one) => this.#describe(one));
    this.#forgetBut(listed);
    if (!described.some((one) => "entries" in one)) await this.#checkThatAnyIsReadable();
    const catalogue = makeCatalogue(described, this.#options.open);
    const { recorders } = this.#list;
    const mixed = recorders &&
      mixedRecorders(catalogue.entries, catalogue.timeline.overlaps, recorders);
    if (mixed) {
      throw new MegapteraError("data", `Cannot score ${this.#list.name} as ${mixed}.`);
    }
    return catalogueOfDay(catalogue, dayMs);
  }

  #describe({ place, ...start }: ListedRecording): Promise<DescribedPlace> {
    const known = this.#described.get(place);
    if (known) return known;
    const described = describePlace(place, () => start, this.#options);
    this.#described.set(place, described);
    described.then(
      (one) => this.#isReadable ||= "entries" in one,
      () => this.#described.delete(place),
    );
    return described;
  }

  #forgetBut(listed: readonly ListedRecording[]): void {
    const wanted = new Set(listed.map(({ place }) => place));
    for (const place of this.#described.keys()) {
      if (!wanted.has(place)) this.#described.delete(place);
    }
  }

  /** Where nothing could be read so far, tells a gap from a source that can't be read at all. */
  async #checkThatAnyIsReadable(): Promise<void> {
    const { startMs, stopMs } = this.#options;
    const all = this.#list.between(startMs, stopMs);
    const step = Math.max(1, Math.ceil(all.length / MOST_PROBES));
    const faults: Absence[] = [];
    for (let i = 0; i < all.length && !this.#isReadable; i += step) {
      const one = await this.#describe(all[i]);
      if ("absent" in one) faults.push(one.absent[0]);
    }
    if (this.#isReadable) return;
    const what = `Cannot score ${formatUtc(startMs)} to ${formatUtc(stopMs)} from ` +
      this.#list.name;
    if (faults.length === 0) {
      throw new MegapteraError("data", `${what} as no recording there starts in that time.`);
    }
    // The one before the range is asked for since it may reach into it, and would puzzle its user.
    const within = faults.filter((one) => one.startMs >= startMs);
    const fault = faults.find(({ kind }) => kind === "forbidden") ?? within[0] ?? faults[0];
    const tried = step === 1 ? `none of the ${all.length}` : `none of ${faults.length} tried`;
    throw new MegapteraError(
      fault.kind === "forbidden" ? "denied" : "data",
      `${what} as of the recordings that it names ${tried} can be read; the first: ${fault.reason}`,
    );
  }
}

/**
 * Opens the archive of a template, or of a folder or prefix, which is listed.
 *
 * @param source The template, folder or prefix.
 * @param options The range, how it is read, and what recordings must have.
 * @returns The archive.
 * @throws {MegapteraError} `usage` where a template is wrong, `data` where there is no recording.
 */
export async function openArchive(
  source: string,
  { access, clock, ...options }: OpenArchiveOptions,
): Promise<Archive> {
  if (isTemplate(source) && clock.nameFormat !== undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --name-format with the template ${source}, as its fields tell how names are read: ` +
        "leave one out.",
    );
  }
  const list = isTemplate(source)
    ? templateList(source, clock.timeZone)
    : await listRecordings(source, access, clock);
  const open = (place: string): Promise<Recording> => openRecording(place, access);
  return new ListedArchive(list, { ...options, open });
}

/** What an archive is opened with. */
export interface OpenArchiveOptions extends RecordingNeeds {
  /** The range that is asked for, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** How places far away are asked. */
  access: RemoteAccess;
  /** How names are turned into times. */
  clock: RecordingStartOptions;
}
