import { isOfSystem } from "../places/mod.ts";

/** A format of recordings that is not read. */
interface OtherFormat {
  readonly name: string;
  /** Endings of its files' names, without the dot. */
  readonly endings: readonly string[];
  /** Beginning of its files, in Latin-1, and at which byte; left out where that says nothing. */
  readonly start?: string;
  readonly startsAt?: number;
  /** Advice that follows "…: ". */
  readonly advice: string;
}

const CONVERT = "convert to FLAC or WAV, as with ffmpeg -i FILE FILE.flac";
const LOSSY = "what such compression leaves out changes what a detector hears, so score the " +
  `original, or ${CONVERT}`;

const FORMATS: readonly OtherFormat[] = [
  { name: "AIFF", endings: ["aif", "aiff", "aifc"], start: "FORM", advice: CONVERT },
  { name: "Wave64", endings: ["w64"], start: "riff", advice: CONVERT },
  { name: "Core Audio", endings: ["caf"], start: "caff", advice: CONVERT },
  { name: "AU", endings: ["au"], start: ".snd", advice: CONVERT },
  { name: "WavPack", endings: ["wv"], start: "wvpk", advice: CONVERT },
  { name: "Monkey's Audio", endings: ["ape"], start: "MAC ", advice: CONVERT },
  { name: "Ogg", endings: ["ogg", "oga", "opus"], start: "OggS", advice: LOSSY },
  { name: "MPEG-4 audio", endings: ["m4a", "aac"], start: "ftyp", startsAt: 4, advice: LOSSY },
  { name: "MP3", endings: ["mp3"], start: "ID3", advice: LOSSY },
  { name: "Windows Media", endings: ["wma"], advice: LOSSY },
  {
    name: "SoundTrap archives",
    endings: ["sud"],
    advice: "unpack to WAV with SoundTrap Host",
  },
  {
    name: "SoundTrap detections",
    endings: ["dwv", "bcl"],
    advice: "what a click detector kept is no continuous audio, so score the recordings themselves",
  },
  {
    name: "Wildlife Acoustics recordings",
    endings: ["wac", "w4v"],
    advice: "convert to WAV with Kaleidoscope",
  },
  {
    name: "X3 audio",
    endings: ["x3", "x3a"],
    advice: "unpack to WAV with the maker's X3 tools",
  },
  {
    name: "MiniSEED",
    endings: ["mseed", "miniseed"],
    advice: 'convert to WAV, as with ObsPy: read(FILE).write("FILE.wav", format="WAV")',
  },
  {
    name: "data that may be audio",
    endings: ["dat", "raw", "pcm"],
    advice: "if it is audio, convert to WAV with the recorder's own program",
  },
  {
    name: "packed files",
    endings: ["zip", "7z", "rar", "tar", "tgz", "gz", "bz2", "xz"],
    advice: "unpack what holds recordings",
  },
  {
    name: "unfinished downloads",
    endings: ["part", "partial", "crdownload", "filepart"],
    advice: "fetch again",
  },
];

/**
 * Says what a file is whose beginning is that of neither WAV nor FLAC.
 *
 * @param start Its first bytes, 12 or more where it has as many.
 * @param wanted What it should be, such as `a WAV file, which begins with RIFF`.
 * @returns What follows "Cannot read … as".
 */
export function wrongStart(start: Uint8Array, wanted: string): string {
  const text = String.fromCharCode(...start);
  const format = FORMATS.find((format) =>
    format.start !== undefined && text.startsWith(format.start, format.startsAt ?? 0)
  );
  if (format) return `it is ${format.name} and not ${wanted}: ${format.advice}`;
  if (start.length > 0 && start.every((byte) => byte === 0)) {
    return `it is not ${wanted}: it begins with zeros, as files of a failed card or copy do`;
  }
  return `it is not ${wanted}: it begins "${text.slice(0, 12).replace(/[^ -~]/g, "·")}"`;
}

/** Gathers the files of a folder that may be recordings, of formats that are not read. */
export class OtherFormats {
  /** By ending: the format, how many there are, and the first by name. */
  readonly #found = new Map<string, { format: OtherFormat; count: number; first: string }>();

  /** Takes a file's path or URI; those of formats that hold no audio are passed over. */
  add(place: string): void {
    const name = place.slice(Math.max(place.lastIndexOf("/"), place.lastIndexOf("\\")) + 1);
    const ending = /\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? "";
    const format = FORMATS.find(({ endings }) => endings.includes(ending));
    if (format === undefined || isOfSystem(name)) return;
    const found = this.#found.get(ending) ?? { format, count: 0, first: name };
    this.#found.set(ending, found);
    found.count++;
    if (name < found.first) found.first = name;
  }

  /** Says what was found: one sentence an ending. */
  sentences(): string[] {
    return [...this.#found].sort().map(([ending, { format, count, first }]) => {
      const files = `${count} .${ending} file${count === 1 ? "" : "s"} (${format.name})`;
      return `Passed over ${files}, such as ${first}: ${format.advice}.`;
    });
  }
}
