import { VERSION } from "../../core/mod.ts";
import type { BoutOptions } from "../../pipeline/bouts/mod.ts";
import { GOOGLE_MODEL, weightsNotice } from "../../pipeline/detector/mod.ts";

/** What the methods text is filled in with. */
export interface MethodsFacts {
  settings: Pick<BoutOptions, "threshold" | "off" | "median" | "gap" | "min">;
  /** What turned filtered scores into probabilities, in a sentence. */
  calibration?: string | undefined;
  /** Names of detectors, as manifests have them, and the SHA-256 of the weights of each. */
  detectors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Name of the recipe, as manifests have it. */
  recipe: string;
  fingerprints: readonly string[];
  /** Versions of this program that scored, and engines; none where manifests are missing. */
  versions: readonly string[];
  windowSeconds: number;
  /** Where the hydrophone stands, if anybody said so. */
  place?: { title: string; latitude: number; longitude: number } | undefined;
  /** First day and the last, ISO. */
  from: string;
  to: string;
  effortHours: number;
  coverage: number;
}

/**
 * Methods text to put into a paper, with what was done and nothing more.
 *
 * @param facts What was done.
 * @returns Paragraphs.
 */
export function methodsText(facts: MethodsFacts): string[] {
  const { settings, calibration, place, windowSeconds } = facts;
  const { threshold, off = threshold, median, gap, min } = settings;
  const where = place
    ? ` from ${place.title} (${degrees(place.latitude, "NS")}, ${degrees(place.longitude, "EW")})`
    : "";
  return [
    `Recordings${where} from ${facts.from} to ${facts.to} ` +
    `(${facts.effortHours.toFixed(0)} h with audio, ${
      (100 * facts.coverage).toFixed(1)
    } % of the ` +
    `time) were ${scoredBy(facts.versions)} and analysed with Megaptera ${VERSION}. ` +
    detectorText(facts),
    `Scores were smoothed with a running median of ${median} s over continuous effort, and seconds ` +
    `with a ${calibration === undefined ? "smoothed score" : "probability"} of at least ` +
    `${threshold} were taken as song` +
    (off < threshold ? `, once begun down to ${off}` : "") +
    `; for single bouts, gaps of up to ${gap} s were joined and bouts shorter than ${min} s ` +
    "dropped. Seconds without a complete window of audio have no effort and were left out." +
    (calibration === undefined ? "" : ` ${calibration}`),
    "The proportion of time with song is seconds with song over seconds with effort, each month's " +
    "hours of the day weighted by their length, so that uneven effort does not move it. Its 95 % " +
    "intervals are from batch means over contiguous blocks of days after the season was taken out, " +
    "the length of blocks from the autocorrelation of days (Flegal and Jones 2010; at least 15 " +
    "days), corrected for the correlation that is left between blocks and for what the season's fit " +
    "takes out, of proportions on the logit scale (Lumley 2010). Intervals of days that resemble " +
    "their neighbours beyond a few days, or are few, are marked approximate, as no record of some " +
    "years shows how far that reaches; where there is too little for any they are left out as " +
    "descriptive.",
    ...place === undefined ? [] : [
      "Light was classed by the geometric altitude of the sun's centre at the site (Astronomy " +
      "Engine): day above −0.833°, night below −12°, dawn and dusk between. We give the share of all " +
      "song that fell in a class (share_of_song), the part of the class's time that had song " +
      "(occupancy), and the same on days that have all classes (same_days). Classes were compared " +
      "day by day, as nights are long when whales sing: the difference of the two classes' parts of " +
      "time with song on the same day, days weighted by T1T2/(T1 + T2) from the classes' lengths " +
      "(Greenland and Robins 1985) and months as the calendar has them, six pairs adjusted after " +
      "Holm (1979).",
    ],
    `A window is ${windowSeconds} s long.`,
  ];
}

/** Lists what is to be cited for a report of these detectors. */
export function citations(detectors: MethodsFacts["detectors"]): string[] {
  return [
    ...detectors.has(GOOGLE_MODEL)
      ? [
        "Allen, A. N., et al. (2021). A convolutional neural network for automated detection of " +
        "humpback whale song in a diverse, long-term passive acoustic dataset. Frontiers in Marine " +
        "Science 8, 607321.",
      ]
      : [],
    "Cross, D. Astronomy Engine 2.1.19. https://github.com/cosinekitty/astronomy",
    "Flegal, J. M., and Jones, G. L. (2010). Batch means and spectral variance estimators in Markov " +
    "chain Monte Carlo. Annals of Statistics 38, 1034–1070.",
    "Greenland, S., and Robins, J. M. (1985). Estimation of a common effect parameter from sparse " +
    "follow-up data. Biometrics 41, 55–68.",
    "Helble, T. A. (2013). Site specific passive acoustic detection and densities of humpback whale " +
    "calls off the coast of California. PhD thesis, University of California, San Diego. " +
    "https://escholarship.org/uc/item/82w799hb",
    "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal " +
    "of Statistics 6, 65–70.",
    "Lumley, T. (2010). Complex Surveys: A Guide to Analysis Using R. Wiley, Hoboken.",
    `Megaptera ${VERSION}.`,
  ];
}

function scoredBy(versions: readonly string[]): string {
  return versions.length > 0
    ? `scored with Megaptera ${versions.join(" and ")}`
    : "scored with a program that left no record of itself";
}

function detectorText({ detectors, recipe, fingerprints, windowSeconds }: MethodsFacts): string {
  const named = fingerprints.map((one) => one.slice(0, 12)).join(" and ") || "unknown";
  const how = fingerprints.length > 1
    ? `(made in ${fingerprints.length} ways that are not told apart below, fingerprints ${named}, ` +
      `windows of ${windowSeconds} s, one a second)`
    : `(recipe ${recipe}, fingerprint ${named}, windows of ` +
      `${windowSeconds} s, one a second)`;
  const names = [...detectors.keys()];
  if (names.join() === "simulated") {
    return `The scores are simulated: no recording was scored, and nothing here is a result ${how}.`;
  }
  const cited = names.map((name) =>
    name === GOOGLE_MODEL ? `${name} (Allen et al. 2021)` : `"${name}"`
  );
  const checked = [...detectors.get(GOOGLE_MODEL) ?? []].map((sha256) => {
    const said = weightsNotice(sha256) ?? "publisher's checksum verified";
    return `; ${said} (SHA-256 of the weights ${sha256})`;
  });
  return `The detector was ${cited.join(" and ") || "of unknown origin"} ${how}${
    checked.join("")
  }.`;
}

function degrees(value: number, [plus, minus]: string): string {
  return `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`;
}
