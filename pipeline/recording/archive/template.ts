import { MegapteraError } from "../../errors.ts";
import { formatUtc } from "../../utc.ts";
import type { TimeZone } from "../time_zone.ts";
import { DAY_MS } from "./archive.ts";
import type { ListedRecording, RecordingList } from "./recording_list.ts";

const HOUR_MS = 3_600_000;
const FIELD = /\{([^{}]*)\}/g;

/** What may stand in braces, from the clock's parts. */
const FIELDS: Record<string, (iso: string) => string> = {
  YYYY: (iso) => iso.slice(0, 4),
  MM: (iso) => iso.slice(5, 7),
  DD: (iso) => iso.slice(8, 10),
  HH: (iso) => iso.slice(11, 13),
  YYYYMMDD: (iso) => iso.slice(0, 10).replaceAll("-", ""),
};

/** Whether a source is a template rather than a place. */
export function isTemplate(source: string): boolean {
  return source.search(FIELD) >= 0;
}

/**
 * The recordings that a template names: one a day, or one an hour where it has `{HH}`. Each starts
 * when its name says, which is also the latest that the one before it ends.
 *
 * @param template A path or URI with `{YYYY}`, `{MM}`, `{DD}`, `{YYYYMMDD}`, `{HH}` in it.
 * @param timeZone The zone of its times; UTC unless given. A time that summer time skips names no
 * recording; one that its end repeats names the first of the two.
 * @returns The list.
 * @throws {MegapteraError} `usage` where a field is unknown, or they do not make up a day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const list = templateList("s3://bucket/{YYYY}/{MM}/MARS-{YYYYMMDD}T000000Z.wav");
 * const [, second] = list.between(Date.UTC(2021, 0, 1), Date.UTC(2021, 0, 2));
 * assert.equal(second.place, "s3://bucket/2021/01/MARS-20210101T000000Z.wav");
 * ```
 */
export function templateList(template: string, timeZone?: TimeZone): RecordingList {
  const names = [...template.matchAll(FIELD)].map(([, name]) => name);
  const unknown = names.find((name) => !(name in FIELDS));
  if (unknown !== undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use the template ${template} as {${unknown}} is no field: the fields are ` +
        `${Object.keys(FIELDS).map((name) => `{${name}}`).join(", ")}.`,
    );
  }
  const isDay = names.includes("YYYYMMDD") || ["YYYY", "MM", "DD"].every((n) => names.includes(n));
  if (!isDay) {
    throw new MegapteraError(
      "usage",
      `Cannot use the template ${template} as its fields do not make up a day: it needs ` +
        "{YYYYMMDD}, or {YYYY}, {MM} and {DD}.",
    );
  }
  const unitMs = names.includes("HH") ? HOUR_MS : DAY_MS;
  return {
    name: template,
    between: (startMs, stopMs) => {
      // A wall clock is up to 14 h from UTC; a unit more on each side costs no request.
      const firstWall = Math.floor((startMs - DAY_MS) / unitMs) * unitMs;
      const units: ListedRecording[] = [];
      for (let wallMs = firstWall; wallMs < stopMs + DAY_MS; wallMs += unitMs) {
        const [unitStart, second] = timeZone?.instants(wallMs) ?? [wallMs];
        if (unitStart === undefined) continue;
        const iso = new Date(wallMs).toISOString();
        const place = template.replace(FIELD, (_, name) => FIELDS[name](iso));
        const note = second === undefined
          ? {}
          : { note: `${place} may start at ${formatUtc(unitStart)} or ${formatUtc(second)}.` };
        units.push({ place, startMs: unitStart, resolutionMs: 1000, ...note });
      }
      const ended = units.map((unit, i) => ({
        ...unit,
        stopMs: units[i + 1]?.startMs ?? unit.startMs + unitMs,
      }));
      const first = ended.findIndex((unit) => unit.startMs >= startMs);
      return ended.slice(Math.max(0, first - 1)).filter((unit) => unit.startMs < stopMs);
    },
  };
}
