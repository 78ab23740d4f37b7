// Draws docs/bouts.svg: seconds, windows, centres and the bout that is made of them.
// deno run --allow-read --allow-write=docs tools/draw_bouts/draw_bouts.ts
import { fileURLToPath } from "node:url";
import { COLOURS } from "../../analysis/charts/chart_frame.ts";
import { centreShift } from "../../pipeline/bouts/find_bouts.ts";

const WINDOW_SECONDS = 3.9124;
const SHIFT = centreShift(WINDOW_SECONDS);
const SECONDS = 9;
const [LEFT, WIDTH, ROW, BAR] = [190, 74, 52, 24];
/** Seconds that are positive, `[first, stop)`. */
const [FIRST, STOP] = [2, 5];

const x = (seconds: number): number => Number((LEFT + seconds * WIDTH).toFixed(1));
const y = (row: number): number => 44 + row * ROW;

function text(at: number, row: number, words: string, more = ""): string {
  return `<text x="${at}" y="${y(row) + 17}" ${more}>${words}</text>`;
}

function bar(row: number, from: number, to: number, colour: string, words: string): string {
  const middle = (x(from) + x(to)) / 2;
  return `<rect x="${x(from)}" y="${y(row)}" width="${Number((x(to) - x(from)).toFixed(1))}" ` +
    `height="${BAR}" fill="${colour}" rx="2"/>` +
    text(middle, row, words, `text-anchor="middle" fill="${onTop(colour)}"`);
}

/** Colour of a text that can be read on a bar. */
function onTop(colour: string): string {
  return colour === COLOURS.raw ? COLOURS.text : "white";
}

function label(row: number, words: string): string {
  return text(LEFT - 12, row, words, `text-anchor="end" fill="${COLOURS.text}"`);
}

/** A window and its centre. */
function window(row: number, second: number): string {
  const centre = second + WINDOW_SECONDS / 2;
  return label(row, `window of second ${second}`) +
    bar(row, second, second + WINDOW_SECONDS, COLOURS.raw, "") +
    `<line x1="${x(centre)}" x2="${x(centre)}" y1="${y(row) - 4}" y2="${y(row) + BAR + 4}" ` +
    `stroke="${COLOURS.text}" stroke-width="2"/>` +
    text(x(centre) + 6, row, `centre ${centre.toFixed(3)}`, `fill="${COLOURS.text}"`);
}

const seconds = Array.from({ length: SECONDS }, (_, second) => {
  const positive = second >= FIRST && second < STOP;
  return bar(0, second + 0.02, second + 0.98, positive ? COLOURS.found : COLOURS.raw, `${second}`);
});
const arrow = `<path d="M${x(FIRST)} ${y(0) + BAR} V${y(3) + BAR / 2} H${x(FIRST + SHIFT) - 6}" ` +
  `fill="none" stroke="${COLOURS.found}" stroke-dasharray="4 3" marker-end="url(#head)"/>`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${x(SECONDS) + 20} ${y(4)}" ` +
  `font-family="sans-serif" font-size="13" role="img">
<title>Seconds, windows, and the bout that is made of them</title>
<desc>Seconds 2, 3 and 4 are positive. The window of second t lasts from t to t + 3.9124 s and is
centred at t + 1.956 s, so the bout lies 1.4562 s after the seconds: from 3.456 to 6.456.</desc>
<defs><marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 L8 4 L0 8 Z" fill="${COLOURS.found}"/></marker></defs>
<rect width="100%" height="100%" fill="white"/>
${text(x(0), -0.8, "seconds of UTC, each named by its start", `fill="${COLOURS.text}"`)}
${label(0, "score file, positive")}${seconds.join("\n")}
${window(1, FIRST)}
${window(2, STOP - 1)}
${label(3, "call")}${
    bar(3, FIRST + SHIFT, STOP + SHIFT, COLOURS.song, `${SHIFT.toFixed(4)} s later: 3.456 to 6.456`)
  }
${arrow}
</svg>
`;
const path = fileURLToPath(new URL("../../docs/bouts.svg", import.meta.url));
if (Deno.args.includes("--check")) {
  if (await Deno.readTextFile(path) !== svg) throw new Error("docs/bouts.svg is not this drawing");
} else await Deno.writeTextFile(path, svg);
