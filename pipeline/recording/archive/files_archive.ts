import type { Catalogue } from "../catalogue.ts";
import type { Archive } from "./archive.ts";
import { catalogueOfDay } from "./catalogue_of_day.ts";

/**
 * An archive of recordings that are all known.
 *
 * @param catalogue Their catalogue.
 * @returns The archive; the last day's catalogue is kept.
 */
export function filesArchive(catalogue: Catalogue): Archive {
  let last: { dayMs: number; catalogue: Catalogue } | undefined;
  const zoneless = catalogue.entries.filter(({ isZoneAssumed }) => isZoneAssumed);
  return {
    zonelessNames: zoneless.length,
    day: (dayMs) => {
      if (last?.dayMs !== dayMs) last = { dayMs, catalogue: catalogueOfDay(catalogue, dayMs) };
      return Promise.resolve(last.catalogue);
    },
  };
}
