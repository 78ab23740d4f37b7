/** Names of the compressed formats that users meet, by format tag (RFC 2361 and `mmreg.h`). */
const names = new Map([
  [0x0002, "Microsoft ADPCM"],
  [0x0006, "A-law"],
  [0x0007, "µ-law"],
  [0x0011, "IMA ADPCM"],
  [0x0031, "GSM 6.10"],
  [0x0050, "MPEG audio"],
  [0x0055, "MP3"],
  [0x00ff, "AAC"],
  [0x674f, "Ogg Vorbis"],
  [0xf1ac, "FLAC"],
]);

/**
 * A WAV file's format tag in words.
 *
 * @param tag The format tag, 0 to 65535.
 * @returns For example `format tag 0x0011 (IMA ADPCM)`.
 */
export function formatName(tag: number): string {
  const number = `format tag 0x${tag.toString(16).padStart(4, "0")}`;
  const name = names.get(tag);
  return name === undefined ? number : `${number} (${name})`;
}
