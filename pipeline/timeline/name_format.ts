import { isEarthly, MegapteraError, offsetOf, wallTime, type ZoneReading } from "../../core/mod.ts";
import { monthOf, MONTHS, type Stamp } from "./stamps.ts";

const MONTH = MONTHS.flatMap((name) => [name, name.slice(0, 3)]).join("|");

/** Directives of a format, as strptime of C and Python has them. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: String.raw`\d{4}`,
  y: String.raw`\d\d`,
  m: String.raw`\d\d`,
  d: String.raw`\d\d`,
  j: String.raw`\d{3}`,
  b: MONTH,
  B: MONTH,
  H: String.raw`\d\d`,
  I: String.raw`\d\d`,
  M: String.raw`\d\d`,
  S: String.raw`\d\d`,
  f: String.raw`\d{1,9}`,
  p: "[AaPp][Mm]",
  z: String.raw`Z|[+-]\d\d:?\d\d|[+-]\d\d(?![:\d])`,
  s: String.raw`\d{9,10}`,
};

/** Format in which a user says that names are written, such as `%y%m%d_%H%M%S`. */
export class NameFormat {
  /** The format as it was given. */
  readonly text: string;
  readonly #pattern: RegExp;

  /**
   * @param text Text with `%Y`, `%y` (69 to 99 are of the last century), `%m`, `%b` (or `%B`), `%d`,
   * `%j` (day of the year), `%H`, `%I` with `%p`, `%M`, `%S`, `%f` (part of a second), `%z` (`Z` or an
   * offset) or `%s` (seconds since 1970) in it; `%%` stands for a percent sign. What is left out of
   * minutes and seconds is 0.
   * @throws {MegapteraError} `usage` where it does not make up a time.
   */
  constructor(text: string) {
    this.text = text;
    const fault = (rule: string): MegapteraError =>
      new MegapteraError("usage", `Cannot use --name-format "${text}" as ${rule}.`);
    const seen = new Set<string>();
    const pattern = text.replace(/%(.?)|[^%]/gsu, (part, name?: string) => {
      if (name === undefined) return part.replace(/[\\^$.*+?()[\]{}|\/-]/, String.raw`\$&`);
      if (name === "%") return "%";
      if (!Object.hasOwn(DIRECTIVES, name)) {
        const known = Object.keys(DIRECTIVES).map((one) => `%${one}`).join(", ");
        throw fault(`${part} is none of ${known}`);
      }
      if (seen.has(name)) throw fault(`%${name} is in it twice`);
      seen.add(name);
      return `(?<${name}>${DIRECTIVES[name]})`;
    });
    const has = (...names: string[]): boolean => names.some((name) => seen.has(name));
    const isDay = has("Y", "y") && (has("j") || (has("d") && has("m", "b", "B")));
    const isHour = has("H") || (has("I") && has("p"));
    if (!has("s") && !(isDay && isHour)) {
      throw fault("it does not make up a day and an hour: write it like %Y%m%d_%H%M%S");
    }
    // Digits are never cut out of a longer number.
    const start = /^%[^bBpz%]|^\d/.test(text) ? String.raw`(?<!\d)` : "";
    const end = /(?:%[^bBp%]|\d)$/.test(text) ? String.raw`(?!\d)` : "";
    this.#pattern = new RegExp(`${start}(?=(?<text>${pattern})${end})`, "gi");
  }

  /**
   * Finds the times that a name holds in this format.
   *
   * @param name The name of a file, without folders.
   * @returns The times.
   */
  find(name: string): Stamp[] {
    return [...name.matchAll(this.#pattern)].flatMap((match) => {
      const parts = match.groups as Record<string, string | undefined>;
      const { text = "" } = parts;
      const wallMs = wallOf(parts);
      const zones = zonesOf(parts.z);
      if (wallMs === undefined || zones === undefined) return [];
      const fractionMs = Math.round(Number(`0.${parts.f ?? 0}`) * 1000);
      return [{
        from: match.index,
        to: match.index + text.length,
        text,
        wallMs,
        hour: 0,
        hasSeconds: true,
        isIso: false,
        isUnix: parts.s !== undefined,
        told: { fractionMs, resolutionMs: parts.f === undefined ? 1000 : 1, zones },
      }];
    });
  }
}

function wallOf(parts: Record<string, string | undefined>): number | undefined {
  const { s, Y, y, m, b, B, d, j, H, I, p = "", M = "0", S = "0" } = parts;
  if (s !== undefined) return Number(s) * 1000;
  if (I !== undefined && (Number(I) < 1 || Number(I) > 12)) return undefined;
  const halfDay = /^p/i.test(p) ? 12 : 0;
  return wallTime({
    year: Y ?? y ?? "",
    month: m ?? (j === undefined ? monthOf(b ?? B ?? "") : "1"),
    day: d ?? "1",
    dayOfYear: j,
    hour: H ?? String(Number(I) % 12 + halfDay),
    minute: M,
    second: S,
  });
}

/** Nothing where it is an offset that no clock has. */
function zonesOf(text: string | undefined): ZoneReading[] | undefined {
  if (text === undefined) return [];
  const offsetMs = offsetOf(text);
  return isEarthly(offsetMs / 60_000)
    ? [{ text, offsetsMs: [offsetMs], mayBeNone: false }]
    : undefined;
}
