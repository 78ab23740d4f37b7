import { MegapteraError, TimeZone, withoutSecrets } from "../core/mod.ts";
import { RemoteAccess } from "../pipeline/places/mod.ts";
import { type Archive, NameFormat, openArchive } from "../pipeline/timeline/mod.ts";
import type { Plan } from "./plan.ts";

/** Options of reading a plan's recordings, apart from what the plan says. */
export interface PlanReading {
  /** Rate that the detector needs, Hz; recordings of less are absent. */
  detectorRateHz: number;
  endpoint: string | undefined;
  /** The source's whole address, with what lets in, which a plan does not hold. */
  source: string | undefined;
  signal: AbortSignal | undefined;
}

/** A plan's recordings, until it is disposed of. */
export interface PlanArchive extends Disposable {
  archive: Archive;
  access: RemoteAccess;
}

/**
 * Opens the recordings that a plan names, as its workers do.
 *
 * @param plan The plan.
 * @param reading How they are read.
 * @throws {MegapteraError} As `openArchive`.
 */
export async function openPlanArchive(
  plan: Plan,
  { detectorRateHz, endpoint, source, signal }: PlanReading,
): Promise<PlanArchive> {
  const { region, unsigned, requesterPays, timeZone, nameFormat } = plan.source;
  const access = new RemoteAccess({ endpoint, region, unsigned, requesterPays, signal });
  const close = (): void => access.close();
  try {
    const archive = await openArchive(wholePlace(plan, source), {
      // The whole range: a share may lie in a gap of it, which is no fault.
      startMs: Date.parse(plan.start),
      stopMs: Date.parse(plan.stop),
      detectorRateHz,
      channel: plan.channel,
      access,
      clock: {
        ...(timeZone === undefined ? {} : { timeZone: new TimeZone(timeZone) }),
        ...(nameFormat === undefined ? {} : { nameFormat: new NameFormat(nameFormat) }),
      },
    });
    return { archive, access, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}

function wholePlace({ run, source }: Plan, whole: string | undefined): string {
  if (whole === undefined || whole === "") return source.place;
  if (withoutSecrets(whole) === source.place) return whole;
  throw new MegapteraError(
    "configuration",
    `Cannot read the recordings of ${run} as its plan names ${source.place}, and MEGAPTERA_SOURCE ` +
      `${whole}: set it to the plan's address with what lets in, or not at all.`,
  );
}
