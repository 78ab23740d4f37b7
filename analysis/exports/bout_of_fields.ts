import { z } from "zod";
import { MegapteraError } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";

const instant = z.iso.datetime({ offset: false }).transform((text) => Date.parse(text));
const score = z.number().min(0).max(1);

const fieldsSchema = z.object({
  start: instant,
  end: instant,
  positive_s: z.int().min(0),
  peak_score: score,
  mean_score: score,
  peak_time: instant,
  at_gap: z.boolean(),
}).refine(({ start, end }) => end > start, { path: ["end"], error: "it is not after the start" });

/**
 * A bout from its columns.
 *
 * @param fields Columns as `CALL_COLUMNS`, times as ISO 8601 in UTC.
 * @param where Names the file and the line or row in errors.
 * @returns The bout.
 * @throws {MegapteraError} `data`, naming the column that is wrong.
 */
export function boutOfFields(fields: unknown, where: string): Bout {
  const parsed = fieldsSchema.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MegapteraError(
      "data",
      `Cannot read the bout in ${where} as its column "${issue.path.join(".")}" is wrong: ` +
        `${issue.message}.`,
    );
  }
  const { data } = parsed;
  return {
    startMs: data.start,
    stopMs: data.end,
    positiveSeconds: data.positive_s,
    peakScore: data.peak_score,
    meanScore: data.mean_score,
    peakMs: data.peak_time,
    atGap: data.at_gap,
  };
}
