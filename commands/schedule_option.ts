import { InvalidArgumentError, Option } from "commander";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Makes `--schedule`, alike in every command that tells planned pauses from gaps. */
export function scheduleOption(): Option {
  return new Option(
    "--schedule <on/period>",
    "the recorder's duty cycle, such as 10m/30m, or continuous",
  ).argParser(parseSchedule).default(undefined, "found from what was recorded");
}

/** Reads `10m/30m` (s, m, h or d), or `continuous`. */
function parseSchedule(text: string): SaidSchedule {
  if (text === "continuous") return text;
  const parts = /^(\d+(?:\.\d+)?)([smhd])\/(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  const msOf = (number: string, unit: string): number =>
    Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
  const onMs = parts ? msOf(parts[1], parts[2]) : NaN;
  const periodMs = parts ? msOf(parts[3], parts[4]) : NaN;
  if (onMs >= 1000 && periodMs <= 366 * UNIT_MS.d && onMs < periodMs) return { onMs, periodMs };
  throw new InvalidArgumentError(
    "It must be how long it records, / and how often, like 10m/30m or 1h/1d, or continuous.",
  );
}
