import { z } from "zod";
import { MegapteraError } from "../core/mod.ts";
import { hoursWithin } from "../pipeline/scoring/mod.ts";

const instant = z.iso.datetime({ offset: false });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);

/** A run's name: it becomes a folder, a job's name and an argument. */
export const RUN_ID: RegExp = /^[0-9]{8}-[0-9]{8}-[0-9a-f]{8}$/;

const sourceSchema = z.strictObject({
  /** A template, prefix or folder, as `--source` takes it. */
  place: z.string().min(1),
  /** The site whose it is, where one was named. */
  site: z.string().optional(),
  region: z.string().optional(),
  unsigned: z.boolean().optional(),
  requesterPays: z.boolean().optional(),
  /** IANA zone of names that give none. */
  timeZone: z.string().optional(),
  /** Form in which names tell when recordings start, as `--name-format` takes it. */
  nameFormat: z.string().optional(),
});

const planSchema = z.strictObject({
  format: z.literal("megaptera-plan/1"),
  run: z.string().regex(RUN_ID),
  /** The release that planned it. */
  megaptera: z.string(),
  source: sourceSchema,
  /** First hour, and the hour after the last. */
  start: instant,
  stop: instant,
  /** Hours of the day (UTC), `[from, to)`. */
  hoursOfDay: z.strictObject({ from: whole.max(23), to: whole.min(1).max(24) }),
  detector: z.strictObject({
    /** Name of the detector, as `--model` takes it. */
    model: z.string().min(1),
    name: z.string(),
    notice: z.string().optional(),
    weightsSha256: sha256,
    classNames: z.array(z.string()).min(1),
  }),
  recipe: z.enum(["exact", "google", "mbari", "redun"]),
  gain: z.number().positive(),
  channel: whole,
  fingerprint: sha256,
  /** Hours that a job scores; the last one may have fewer. */
  hoursPerJob: whole.min(1),
  /** Core-seconds an hour of audio that the share's size and the costs were reckoned with. */
  coreSecondsPerHour: z.number().positive(),
});

/** Plan of a run on many machines: all that decides what it gives, and how it is cut into jobs. */
export type Plan = z.infer<typeof planSchema>;
/** Place of a plan's recordings. */
export type PlanSource = Plan["source"];

/**
 * Reads a plan.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The plan.
 * @throws {MegapteraError} `data`, naming the file and the first field that is wrong.
 */
export function parsePlan(text: string, name: string): Plan {
  return parseWith(planSchema, text, `the plan ${name}`);
}

/** Writes a plan as the text of its file. */
export function formatPlan(plan: Plan): string {
  return JSON.stringify(planSchema.parse(plan), undefined, 2) + "\n";
}

/** Reads JSON of a schema; one sentence says what is wrong with it. */
export function parseWith<Value>(schema: z.ZodType<Value>, text: string, what: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${what} as it is not JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new MegapteraError(
    "data",
    `Cannot read ${what} as its field "${path.join(".")}" is wrong: ${message}.`,
  );
}

/** Part of a plan that says which hours it is of. */
export type PlannedHours = Pick<Plan, "start" | "stop" | "hoursOfDay">;

/** Starts of all hours of a plan, ascending, in epoch milliseconds. */
export function plannedHours({ start, stop, hoursOfDay }: PlannedHours): number[] {
  return hoursWithin(Date.parse(start), Date.parse(stop), hoursOfDay);
}

/**
 * Cuts a plan's hours into the shares of its jobs.
 *
 * @param plan The plan.
 * @returns For each share, from 0 on, the starts of its hours, epoch milliseconds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const cut = shares({
 *   start: "2021-01-01T00:00:00Z",
 *   stop: "2021-01-01T05:00:00Z",
 *   hoursOfDay: { from: 0, to: 24 },
 *   hoursPerJob: 2,
 * });
 * assert.deepEqual(cut.map((hours) => hours.length), [2, 2, 1]);
 * ```
 */
export function shares(plan: PlannedHours & Pick<Plan, "hoursPerJob">): number[][] {
  const hours = plannedHours(plan);
  const cut: number[][] = [];
  for (let first = 0; first < hours.length; first += plan.hoursPerJob) {
    cut.push(hours.slice(first, first + plan.hoursPerJob));
  }
  return cut;
}
