import type { Held, Line } from "./campaign.ts";

const TRUSTS = ["sound", "approximate", "descriptive"];
/** Fewer intervals than this say little of how often they cover. */
const LEAST = 20;

/** The lines of one world at one site as text: a block a range of time. */
export function coverageText(lines: readonly Line[]): string {
  const ranges = [...new Set(lines.map(({ range }) => range))];
  return ranges.map((range) => {
    const some = lines.filter((line) => line.range === range);
    const { world, site, apart } = some[0];
    const head = `\n${world}, ${site}, ${range}, ${apart ? "night and day apart" : "all alike"}`;
    const columns = "  what                    " +
      "   sound covered  approx. covered   descr.  width  p < 0.05";
    return [head, columns, ...some.map(lineText)].join("\n");
  }).join("\n");
}

function lineText({ what, byTrust, width, needed }: Line): string {
  const [sound, approximate] = TRUSTS.map((trust) => byTrust[trust]);
  const cell = (held: Held | undefined): string =>
    `${String(held?.intervals ?? 0).padStart(8)} ${rate(held?.covered, held?.intervals)}`;
  const tested = TRUSTS.flatMap((trust) => byTrust[trust] ?? []);
  const sum = (name: "tests" | "rejected"): number =>
    tested.reduce((total, held) => total + held[name], 0);
  return `  ${what.padEnd(24)}${cell(sound)} ${cell(approximate)} ` +
    `${String(byTrust.descriptive?.intervals ?? 0).padStart(8)}  ` +
    `${needed > 0 ? (width / needed).toFixed(2).padStart(5) : "  –  "}  ` +
    `${rate(sum("rejected"), sum("tests"))}`.trimEnd();
}

/** By world and kind: how many say `sound`, the lowest coverage among those and among others, the largest size. */
export function summaryText(lines: readonly Line[]): string {
  const kinds = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.world.padEnd(12)}${line.what}`;
    kinds.set(key, [...kinds.get(key) ?? [], line]);
  }
  const rows = [...kinds].map(([key, some]) => {
    const intervals = (trust?: string): number =>
      some.flatMap(({ byTrust }) => Object.entries(byTrust))
        .filter(([name]) => trust === undefined || name === trust)
        .reduce((sum, [, held]) => sum + held.intervals, 0);
    const part = (trust: string): string => rate(intervals(trust), intervals());
    return `${key.padEnd(38)}${part("sound")} ${lowest(some, "sound")}   ${part("approximate")} ${
      lowest(some, "approximate")
    }   ${part("descriptive")}   ${size(some)}`;
  });
  const head =
    "\nOver all sites and ranges: the part of each trust, and the lowest coverage of a " +
    `line with ${LEAST} of it or more; the largest size of one\n` +
    "world       what                      sound lowest  approx. lowest  descr.  size";
  return [head, ...rows].join("\n");
}

/** The lowest coverage of lines with enough intervals of a trust. */
function lowest(lines: readonly Line[], trust: string): string {
  const rates = lines.flatMap(({ byTrust }) => byTrust[trust] ?? [])
    .filter(({ intervals }) => intervals >= LEAST)
    .map(({ covered, intervals }) => covered / intervals);
  return rates.length > 0 ? Math.min(...rates).toFixed(3) : "  –  ";
}

/** The largest part of tests that reject where nothing is different. */
function size(lines: readonly Line[]): string {
  const rates = lines.filter(({ apart }) => !apart).flatMap(({ byTrust }) => {
    const all = Object.values(byTrust);
    const tests = all.reduce((sum, held) => sum + held.tests, 0);
    return tests >= LEAST ? all.reduce((sum, held) => sum + held.rejected, 0) / tests : [];
  });
  return rates.length > 0 ? Math.max(...rates).toFixed(3) : "";
}

function rate(part: number | undefined, of: number | undefined): string {
  return part === undefined || !of ? "  –  " : (part / of).toFixed(3);
}
