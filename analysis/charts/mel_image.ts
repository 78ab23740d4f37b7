import { encode } from "fast-png";
import { scheme } from "vega";

/** Levels below this share of the image's values are black, above the other white. */
const [LOW, HIGH] = [0.02, 0.995];

/**
 * A mel spectrogram as a picture.
 *
 * @param levelsDb Levels in dB, `[columns, bands]`, time by mel, lowest band first.
 * @param bands Mel bands a column.
 * @returns A PNG as a data URL, a pixel a value, the lowest band at the bottom.
 */
export function melImage(levelsDb: Float32Array, bands: number): string {
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
  return `data:image/png;base64,${png.toBase64()}`;
}

function rgb(colour: string): number[] {
  const hex = colour.replace("#", "");
  if (/^[0-9a-f]{6}$/i.test(hex)) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return (colour.match(/\d+/g) ?? []).map(Number);
}
