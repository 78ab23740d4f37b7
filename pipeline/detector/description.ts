import { z } from "zod";
import { MegapteraError } from "../../core/mod.ts";
import { DETECTOR_SAMPLE_RATE_HZ, MEL_BANDS, WINDOW_SAMPLES } from "./front_end/mod.ts";
import { GOOGLE_MODEL } from "./published.ts";

/** 64 MiB. */
const MOST_WINDOW_SAMPLES = 2 ** 24;
/** A day's last windows and their filters hear no more than a minute of the next day. */
const MOST_WINDOW_SECONDS = 30;
const LOWEST_RATE_HZ = 100;

const name = z.string().min(1).max(200);
const constant = z.union([z.number(), z.array(z.number()).length(MEL_BANDS)]);

const inputSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    /** The samples themselves, full scale [−1, 1). */
    kind: z.literal("waveform"),
    /** Name of the network's input; may be left out where it has just one. */
    name: name.optional(),
    layout: z.enum(["[n, samples]", "[n, samples, 1]", "[n, 1, samples]"]),
  }),
  z.strictObject({
    /** This project's front end, `[n, 1, 128, 64]`. */
    kind: z.literal("mel-pcen"),
    name: name.optional(),
    /** PCEN's constants: one number, or one a mel band. */
    pcen: z.strictObject({
      alpha: constant,
      delta: constant,
      root: constant,
      smoothing: z.number().gt(0).lt(1),
    }),
  }),
]);

const seconds = z.int().min(0).max(999_999);
const boutsSchema = z.strictObject({
  /** Window of the median filter, odd; 1 for a detector of bouts that are shorter than seconds. */
  medianSeconds: z.int().min(1).max(9999).refine((value) => value % 2 === 1, {
    error: "it is odd",
  }).optional(),
  gapSeconds: seconds.optional(),
  minSeconds: seconds.optional(),
});

const descriptionSchema = z.strictObject({
  format: z.literal("megaptera-detector/1"),
  /** Name that results go by; put a version in it. */
  name,
  sampleRateHz: z.int().min(LOWEST_RATE_HZ).max(4_000_000),
  /** Length of the audio that one score hears: one of the two. */
  windowSamples: z.int().min(1).max(MOST_WINDOW_SAMPLES).optional(),
  windowSeconds: z.number().positive().optional(),
  /** The grid is the clock's seconds, so that it can be left out. */
  hopSeconds: z.literal(1).optional(),
  input: inputSchema,
  output: z.strictObject({
    name: name.optional(),
    /**
     * Kind of number that the network gives; a logit has a sigmoid taken, or the softmax over all
     * classes.
     */
    kind: z.enum(["probability", "logit", "softmax"]),
  }),
  /** Usual rules by which its scores become bouts; they decide no score. */
  calls: boutsSchema.optional(),
  classNames: z.array(name).min(1).max(10_000).refine(
    (names) => new Set(names).size === names.length,
    { error: "no two classes have one name" },
  ),
});

/** Content of a detector's JSON. */
type DescriptionText = z.infer<typeof descriptionSchema>;

/** The description of a network that somebody else made. */
export interface Description
  extends Omit<DescriptionText, "windowSeconds" | "windowSamples" | "hopSeconds"> {
  /** Length of the audio that one score hears, in samples. */
  readonly windowSamples: number;
}

/**
 * Reads the description of a network that somebody else made.
 *
 * @param text The text of its JSON.
 * @param path How to name the file in errors.
 * @returns The description, checked.
 * @throws {MegapteraError} `data`, naming the file and the first field that is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const description = parseDescription(
 *   JSON.stringify({
 *     format: "megaptera-detector/1",
 *     name: "orca-2",
 *     sampleRateHz: 24_000,
 *     windowSeconds: 2,
 *     input: { kind: "waveform", layout: "[n, samples]" },
 *     output: { kind: "logit" },
 *     classNames: ["orca", "ship"],
 *   }),
 *   "orca.json",
 * );
 * assert(description.windowSamples === 48_000);
 * ```
 */
export function parseDescription(text: string, path: string): Description {
  const wrong = (what: string, cause?: unknown): MegapteraError =>
    new MegapteraError(
      "data",
      `Cannot use the detector's description ${path} as ${what} (docs/detector.md says what it ` +
        "holds).",
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, "")); // Windows' editors begin texts with it
  } catch (cause) {
    throw wrong("it is not JSON", cause);
  }
  const parsed = descriptionSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue.path.length > 0 ? `its field "${issue.path.join(".")}" is wrong: ` : "";
    throw wrong(`${where}${issue.message}`);
  }
  const { windowSeconds, windowSamples, hopSeconds: _, ...rest } = parsed.data;
  if (rest.name === GOOGLE_MODEL) {
    throw wrong(
      'its "name" is the published detector\'s, which is read from its own archive alone',
    );
  }
  if ((windowSeconds === undefined) === (windowSamples === undefined)) {
    throw wrong('it must have one of "windowSeconds" and "windowSamples"');
  }
  const samples = windowSamples ?? windowSeconds! * rest.sampleRateHz;
  const whole = Math.round(samples);
  if (whole < 1 || whole > MOST_WINDOW_SAMPLES || Math.abs(samples - whole) > 1e-6 * whole) {
    throw wrong(
      `its "windowSeconds" must be 1 to ${MOST_WINDOW_SAMPLES} whole samples at its rate: it is ` +
        `${samples}`,
    );
  }
  const seconds = whole / rest.sampleRateHz;
  if (seconds > MOST_WINDOW_SECONDS) {
    throw wrong(`a window lasts ${MOST_WINDOW_SECONDS} s at most: it lasts ${seconds} s`);
  }
  const isFamily = rest.sampleRateHz === DETECTOR_SAMPLE_RATE_HZ && whole === WINDOW_SAMPLES;
  if (rest.input.kind === "mel-pcen" && !isFamily) {
    throw wrong(
      `the front end "mel-pcen" takes windows of ${WINDOW_SAMPLES} samples at ` +
        `${DETECTOR_SAMPLE_RATE_HZ} Hz: it says ${whole} at ${rest.sampleRateHz} Hz`,
    );
  }
  return { ...rest, windowSamples: whole };
}
