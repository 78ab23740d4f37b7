import { encode } from "fast-png";
import { scheme } from "vega";
import { DAY_MS } from "../../core/mod.ts";
import { COLOURS, SONG_SCALE } from "./chart_frame.ts";

/** Levels below this share of the image's values are black, above the other white. */
const [LOW, HIGH] = [0.02, 0.995];

/** A picture of a mel spectrogram, and the levels that its darkest and its lightest colour stand for. */
export interface MelImage {
  /** A PNG as a data URL. */
  url: string;
  lowDb: number;
  highDb: number;
}

/**
 * A mel spectrogram as a picture.
 *
 * @param levelsDb Levels in dB, `[columns, bands]`, time by mel, lowest band first.
 * @param bands Mel bands a column.
 * @returns The picture, a pixel a value, the lowest band at the bottom, and its levels.
 */
export function melImage(levelsDb: Float32Array, bands: number): MelImage {
  const columns = levelsDb.length / bands;
  const sorted = levelsDb.toSorted();
  const [low, high] = [LOW, HIGH].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  const palette = Array.from({ length: 256 }, (_, i) => rgb(scheme("viridis")(i / 255)));
  const data = new Uint8Array(columns * bands * 3);
  for (let column = 0; column < columns; column++) {
    for (let band = 0; band < bands; band++) {
      const share = (levelsDb[column * bands + band] - low) / (high - low);
      const colour = palette[Math.max(0, Math.min(255, Math.round(share * 255)))];
      data.set(colour, ((bands - 1 - band) * columns + column) * 3);
    }
  }
  const png = encode({ width: columns, height: bands, data, channels: 3, depth: 8 });
  return { url: `data:image/png;base64,${png.toBase64()}`, lowDb: low, highDb: high };
}

function rgb(colour: string): number[] {
  const hex = colour.replace("#", "");
  if (/^[0-9a-f]{6}$/i.test(hex)) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return (colour.match(/\d+/g) ?? []).map(Number);
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Every so many pixels of a diagonal is a line of the hatching. */
const HATCH_PIXELS = 6;

/** Minutes of presence, as plain columns. */
export interface MinuteColumns {
  /** Start of the first minute, epoch milliseconds; the others follow. */
  startMs: number;
  /** `[minutes]` seconds listened to, and seconds with song. */
  effort: ArrayLike<number>;
  positive: ArrayLike<number>;
}

/**
 * Presence at minute resolution as a picture: a column a day, a row a minute, midnight (UTC) below.
 * Minutes with song are blue, the darker the more; what was heard without is white, by night tinted;
 * what was not heard is grey and hatched.
 *
 * @param minutes The minutes.
 * @param fromMs First day, epoch milliseconds.
 * @param toMs The day after the last.
 * @param isNight Whether an instant is shaded.
 * @returns A PNG as a data URL, `days` × 1,440 pixels.
 */
export function minuteImage(
  minutes: MinuteColumns,
  fromMs: number,
  toMs: number,
  isNight: (ms: number) => boolean,
): string {
  const days = (toMs - fromMs) / DAY_MS;
  const data = new Uint8Array(days * DAY_MINUTES * 3);
  const [little, some, all] = SONG_SCALE.map(rgbOfHex);
  const [unheard, hatched, night, day] = [
    COLOURS.unheard,
    COLOURS.hatch,
    COLOURS.nightTint,
    "#FFFFFF",
  ].map(rgbOfHex);
  for (let column = 0; column < days; column++) {
    for (let minute = 0; minute < DAY_MINUTES; minute++) {
      const ms = fromMs + column * DAY_MS + minute * MINUTE_MS;
      const at = (ms - minutes.startMs) / MINUTE_MS;
      const effort = minutes.effort[at] ?? 0;
      const positive = minutes.positive[at] ?? 0;
      const colour = effort === 0
        ? ((column * 3 + minute) % (3 * HATCH_PIXELS) < 4 ? hatched : unheard)
        : positive > 0
        ? (positive < effort / 3 ? little : positive < 2 * effort / 3 ? some : all)
        : isNight(ms)
        ? night
        : day;
      data.set(colour, ((DAY_MINUTES - 1 - minute) * days + column) * 3);
    }
  }
  const png = encode({ width: days, height: DAY_MINUTES, data, channels: 3, depth: 8 });
  return `data:image/png;base64,${png.toBase64()}`;
}

function rgbOfHex(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
