/** What can be heard in a made-up ocean besides its noise. */
export type SoundKind = "song" | "ship" | "rain" | "tone" | "clicks" | "rumble" | "knocks";

/** How a tone goes on. */
export type ToneForm = "steady" | "drifting" | "harmonic" | "pulsed";

interface Span {
  /** Where it starts, in seconds from the start of the ocean. */
  readonly startSeconds: number;
  /** Where it stops, in seconds from the start of the ocean. */
  readonly stopSeconds: number;
  /**
   * RMS where it is strongest, in dB above the RMS of the ocean's noise from 100 to 2,000 Hz; for
   * clicks and knocks the peak instead.
   */
  readonly levelDb: number;
}

/** One sound that is placed in an ocean; the seed draws everything else about it. */
export type OceanEvent =
  & Span
  & { readonly seed: number }
  & (
    | { readonly kind: Exclude<SoundKind, "tone"> }
    | { readonly kind: "tone"; readonly form: ToneForm }
  );

/** What is truly heard where; a span of song has no silence above 2 s inside. */
export interface TruthSpan extends Span {
  readonly kind: SoundKind;
}

/** Everything that decides what an ocean sounds like. */
export interface OceanPlan {
  /** Draws the ocean's own noise. */
  readonly seed: number;
  readonly durationSeconds: number;
  readonly events: readonly OceanEvent[];
}
