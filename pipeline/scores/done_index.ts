import { z } from "zod";
import { dayOf, formatUtc } from "../../core/mod.ts";
import type { Storage } from "../places/mod.ts";
import { hourPath } from "./hour.ts";
import type { Manifest } from "./manifest.ts";
import { noEffortSchema } from "./reasons.ts";

const FORMAT = "megaptera-done/2";

const entrySchema = z.strictObject({
  /** Versions of the two files that it is of, as a listing shows them. */
  manifest: z.string(),
  csv: z.string(),
  /** Digest of what decided the scores: the fingerprint and the recordings. */
  digest: z.string(),
  effortSeconds: z.int().min(0).max(3600),
  noEffort: z.array(noEffortSchema),
});
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  hours: z.record(z.string(), entrySchema),
});

/** An hour that is done, and what a listing shows of it then. */
export type DoneEntry = z.infer<typeof entrySchema>;
/** Facts about an hour that is done. */
export type DoneHour = Pick<Manifest, "effortSeconds" | "noEffort">;

/**
 * Notes which hours of a day were done, so that running again asks for one small file a day and not
 * for two an hour. It is a note and no more: an entry counts only where the listing shows the very
 * versions of both files that it names, and what is not in it is read from the files themselves.
 */
export class DoneIndex {
  readonly #storage: Storage;
  readonly #days = new Map<number, Promise<Map<number, DoneEntry>>>();
  readonly #changed = new Set<number>();

  /** @param storage Where the hours lie. */
  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Finds the note about an hour. */
  async get(hourMs: number): Promise<DoneEntry | undefined> {
    return (await this.#day(dayOf(hourMs))).get(hourMs);
  }

  /** Notes that an hour is done. */
  async set(hourMs: number, entry: DoneEntry): Promise<void> {
    (await this.#day(dayOf(hourMs))).set(hourMs, entry);
    this.#changed.add(dayOf(hourMs));
  }

  /** Writes what was noted. A day that can't be written costs only time later. */
  async flush(): Promise<void> {
    for (const dayMs of this.#changed) {
      const hours = [...await this.#day(dayMs)].sort(([a], [b]) => a - b)
        .map(([hourMs, entry]) => [formatUtc(hourMs), entry]);
      const file = { format: FORMAT, hours: Object.fromEntries(hours) };
      const text = JSON.stringify(file, undefined, 1) + "\n";
      await this.#storage.write([{ path: indexPath(dayMs), text }]);
      this.#changed.delete(dayMs);
    }
  }

  #day(dayMs: number): Promise<Map<number, DoneEntry>> {
    const known = this.#days.get(dayMs) ?? readDay(this.#storage, dayMs);
    this.#days.set(dayMs, known);
    known.catch(() => this.#days.delete(dayMs));
    return known;
  }
}

/** Names the index's file, which is hidden so that nobody takes it for a manifest. */
function indexPath(dayMs: number): string {
  const path = hourPath(dayMs);
  const at = path.lastIndexOf("/") + 1;
  return `${path.slice(0, at)}.${path.slice(at, at + 8)}.done.json`;
}

async function readDay(storage: Storage, dayMs: number): Promise<Map<number, DoneEntry>> {
  const file = await storage.read(indexPath(dayMs));
  if (file === undefined) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch {
    return new Map(); // it is only a note
  }
  const parsed = fileSchema.safeParse(value);
  const hours = parsed.success ? Object.entries(parsed.data.hours) : [];
  return new Map(hours.map(([hour, entry]) => [Date.parse(hour), entry]));
}
