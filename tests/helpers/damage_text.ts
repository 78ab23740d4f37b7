import type { SeededRandom } from "./seeded_random.ts";

/** What a hand, a spreadsheet or a broken disk leaves in a text. */
const SCRAPS = [
  ...["", "\n", "\r", "\r\n", ",", ",,", '"', "{", "}", "[", "]", ":", " ", "\t", "\0", "\ufeff"],
  ...["-", "+", "1e999", "-0", "NaN", "Infinity", "0x1", "1_0", "٣", "null", "true", "\ud800"],
  ...["__proto__", "2021-02-30T00:00:00Z", "-1", "1.0000001", "9007199254740993", "é"],
];

function spot(text: string, random: SeededRandom): number {
  return random.below(text.length + 1);
}

const WAYS: readonly ((text: string, random: SeededRandom) => string)[] = [
  (text, random) => {
    const at = spot(text, random);
    return text.slice(0, at) + random.pick(SCRAPS) + text.slice(at);
  },
  (text, random) => {
    const at = spot(text, random);
    return text.slice(0, at) + random.pick(SCRAPS) + text.slice(at + 1 + random.below(4));
  },
  (text, random) => {
    const at = spot(text, random);
    return text.slice(0, at) + String.fromCharCode(32 + random.below(95)) + text.slice(at + 1);
  },
  (text, random) => text.slice(0, spot(text, random)),
  (text, random) => text.slice(spot(text, random)),
  (text, random) => swapLines(text.split("\n"), random),
  (text, random) => {
    const at = spot(text, random);
    return text.slice(0, at) + text.slice(at + random.below(64));
  },
];

/** Doubles, drops or swaps whole lines. */
function swapLines(lines: string[], random: SeededRandom): string {
  const [a, b] = [random.below(lines.length), random.below(lines.length)];
  const kind = random.below(3);
  if (kind === 0) lines.splice(a, 0, lines[b]);
  else if (kind === 1) lines.splice(a, 1);
  else [lines[a], lines[b]] = [lines[b], lines[a]];
  return lines.join("\n");
}

/** A text damaged in one to three ways. */
export function damageText(whole: string, random: SeededRandom): string {
  let text = whole;
  for (let left = 1 + random.below(3); left > 0; left--) text = random.pick(WAYS)(text, random);
  return text;
}
