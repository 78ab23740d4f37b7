import { MegapteraError } from "../../core/mod.ts";
import type { Site } from "../../pipeline/timeline/mod.ts";
import type { ScoreArguments } from "../arguments.ts";
import { siteNamed } from "../text_files.ts";

/** The site whose days are scored where a range is given alone. */
const USUAL_SITE = "mars";

/** Where a range's recordings are. */
export interface ChosenSource {
  /** A template, prefix or folder. */
  source: string;
  /** The site that it is of, where one was named. */
  site?: Site;
}

/**
 * Which source a range is of: `--source`, or the site's.
 *
 * @param files Files that were named too.
 * @param options The command's options.
 * @returns The source; nothing where files are named instead.
 * @throws {MegapteraError} `usage` where files and a range are mixed, or neither is there.
 */
export async function chooseSource(
  files: readonly string[],
  options: ScoreArguments,
): Promise<ChosenSource | undefined> {
  const { date, stop, source, site } = options;
  const ranged = Object.entries({
    "--date": date,
    "--stop": stop,
    "--source": source,
    "--site": site,
  })
    .filter(([, value]) => value !== undefined).map(([name]) => name);
  if (files.length > 0) {
    if (ranged.length === 0) return undefined;
    throw new MegapteraError(
      "usage",
      `Cannot score files and a range at once: ${files[0]} and ${ranged[0]} are given; name the ` +
        "files' folder with --source instead.",
    );
  }
  if (date === undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot score as nothing is named: give files or folders, or a day with --date 2021-01-01.",
    );
  }
  if (source !== undefined && site !== undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --source and --site at once, as a site has a source of its own: ${source}, ${site}.`,
    );
  }
  if (options.recordingStart !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot use --recording-start with --date, as it is the start of one file: name that file " +
        "instead of a range.",
    );
  }
  if (options.sites !== undefined && site === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --sites without --site, which says whose recordings of ${options.sites} to score.`,
    );
  }
  if (source !== undefined) return { source };
  const found = await siteNamed(site ?? USUAL_SITE, options.sites);
  return { source: found.source, site: found };
}
