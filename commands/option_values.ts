import { InvalidArgumentError, Option } from "commander";
import { DAY_MS, HOUR_MS, isAddress, isoTime, MegapteraError } from "../core/mod.ts";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";

/** Parses an option that is a number, `least` to `most`. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^[\d.eE+-]+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}

/** Parses an option that is a whole number, `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Parses an option that is the top of an hour, such as 2021-01-01 or 2021-01-01T05:00:00Z. */
export function hourStart(text: string): number {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::00(?::00)?)?Z?)?$/.exec(text) ?? [];
  const time = day === undefined ? undefined : isoTime(`${day}T${hour ?? "00"}:00:00`);
  if (time !== undefined) return time.wallMs;
  throw new InvalidArgumentError(
    "It must be the top of an hour on a day that exists, like 2021-01-01 or 2021-01-01T05Z.",
  );
}

/** Parses an option that is a day, such as 2021-01-01. */
export function day(text: string): number {
  const time = text.length === 10 ? isoTime(`${text}T00:00:00`) : undefined;
  if (time !== undefined) return time.wallMs;
  throw new InvalidArgumentError("It must be a day that exists, like 2021-01-01.");
}

/**
 * Takes a place on a disk that something is written to, and no address, which would become a folder of
 * that name, user and password included.
 *
 * @param text What was said.
 * @returns The same.
 * @throws {InvalidArgumentError} Where it is an address.
 */
export function onDisk(text: string): string {
  if (!isAddress(text)) return text;
  throw new InvalidArgumentError("It must be on a disk: write it there, and copy it from there.");
}

/**
 * Refuses an option without text: what a variable of a script that was never set makes of it.
 *
 * @param options A command's options, by their names.
 * @throws {MegapteraError} `usage`, naming the option.
 */
export function refuseEmpty(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== "") continue;
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new MegapteraError("usage", `Cannot take --${option} as it is empty: say which.`);
  }
}

const UNIT_MS = { s: 1000, m: 60_000, h: HOUR_MS, d: DAY_MS };

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
