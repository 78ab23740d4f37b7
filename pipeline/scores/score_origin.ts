import { formatUtc, MegapteraError } from "../../core/mod.ts";
import { PUBLISHED_WINDOW_SECONDS } from "../detector/mod.ts";
import { classOf, type Manifest } from "./manifest.ts";

/** Rules on which scores may be read together. */
export interface OriginRules {
  /** Takes scores whose seconds are nominal (recipes `google` and `mbari`). */
  nominalClock?: boolean | undefined;
  /** Takes scores that were made in different ways. */
  mixed?: boolean | undefined;
}

/**
 * Gathers from which detectors and settings scores come, hour by hour, and checks that they fit.
 */
export class ScoreOrigin {
  readonly #rules: OriginRules;
  readonly #where: string;
  #window: { seconds: number; hourMs: number } | undefined;
  /** First hour of each fingerprint. */
  readonly fingerprints: Map<string, number> = new Map();
  /** Names of the detectors, and the SHA-256 of the weights of each. */
  readonly detectors: Map<string, Set<string>> = new Map();
  /** Sentences that the detectors want shown with their results. */
  readonly notices: Set<string> = new Set();
  /** Classes that the scores are of. */
  readonly classes: Set<string> = new Set();
  /** Hours whose scores have no manifest. */
  unknownHours = 0;
  /** Hours of nominal seconds. */
  nominalHours = 0;
  /** Recordings whose names give no time zone, so that they were taken as UTC. */
  zonelessNames = 0;
  /** Recordings of the hour before: one may reach into the next hour. */
  #zoneless: ReadonlySet<string> = new Set();

  /**
   * @param where Names the scores in errors.
   * @param rules What is taken.
   */
  constructor(where: string, rules: OriginRules) {
    this.#where = where;
    this.#rules = rules;
  }

  /** Seconds of a window: the manifests', or the published detector's where there are none. */
  get windowSeconds(): number {
    return this.#window?.seconds ?? PUBLISHED_WINDOW_SECONDS;
  }

  /**
   * Takes note of an hour.
   *
   * @throws {MegapteraError} `data` where it is not to be taken, or not beside those before.
   */
  add(hourMs: number, manifest: Manifest | undefined): void {
    this.#addWindow(hourMs, manifest?.detector.windowSeconds ?? PUBLISHED_WINDOW_SECONDS);
    if (!manifest) {
      this.unknownHours++;
      return;
    }
    const { fingerprint, clock, recipe, detector, files } = manifest;
    const zoneless = files.filter(({ zoneAssumed }) => zoneAssumed).map(({ uri }) => uri);
    this.zonelessNames += zoneless.filter((uri) => !this.#zoneless.has(uri)).length;
    this.#zoneless = new Set(zoneless);
    if (clock === "nominal") {
      this.nominalHours++;
      if (!this.#rules.nominalClock) {
        throw this.#fault(
          hourMs,
          `its clock is nominal: the recipe ${recipe} counts scores 0.99 s apart as seconds; take ` +
            "it all the same with --nominal-clock, or score again with --recipe exact",
        );
      }
    }
    if (!this.fingerprints.has(fingerprint)) this.fingerprints.set(fingerprint, hourMs);
    const [first, other] = [...this.fingerprints];
    if (other && !this.#rules.mixed) {
      throw this.#fault(
        hourMs,
        `it was made in another way than ${formatUtc(first[1])} (fingerprint ` +
          `${other[0].slice(0, 12)}… beside ${first[0].slice(0, 12)}…); score them alike, or ` +
          "take them together with --mixed",
      );
    }
    const weights = this.detectors.get(detector.name) ?? new Set();
    this.detectors.set(detector.name, weights.add(detector.weightsSha256));
    this.classes.add(classOf(manifest));
    if (detector.notice) this.notices.add(detector.notice);
  }

  #addWindow(hourMs: number, seconds: number): void {
    this.#window ??= { seconds, hourMs };
    if (this.#window.seconds === seconds) return;
    throw this.#fault(
      hourMs,
      `its window is of ${seconds} s and that of ${formatUtc(this.#window.hourMs)} of ` +
        `${this.#window.seconds} s, so that their bouts can't be put in time alike`,
    );
  }

  #fault(hourMs: number, rule: string): MegapteraError {
    return new MegapteraError(
      "data",
      `Cannot take the scores of ${formatUtc(hourMs)} in ${this.#where} as ${rule}.`,
    );
  }
}
