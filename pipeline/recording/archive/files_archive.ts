import type { Catalogue } from "../catalogue.ts";
import type { Archive } from "./archive.ts";
import { catalogueOfDay } from "./catalogue_of_day.ts";

/**
 * An archive of recordings that are all known.
 *
 * @param catalogue Their catalogue.
 * @param notes What is left out of it.
 * @returns The archive; the last day's catalogue is kept.
 */
export function filesArchive(catalogue: Catalogue, notes: readonly string[] = []): Archive {
  let last: { dayMs: number; catalogue: Catalogue } | undefined;
  const zoneless = catalogue.entries.filter(({ isZoneAssumed }) => isZoneAssumed);
  return {
    zonelessNames: zoneless.length,
    notes,
    day: (dayMs) => {
      if (last?.dayMs !== dayMs) last = { dayMs, catalogue: catalogueOfDay(catalogue, dayMs) };
      return Promise.resolve(last.catalogue);
    },
  };
}
