import type { RangeSource } from "../../places/mod.ts";
import { ByteWindow, fourCharacters } from "../byte_window.ts";
import { wrongStart } from "../other_formats.ts";
import { unreadable } from "../recording.ts";
import { type ChunkPlace, placeChunk } from "../said_starts.ts";

/** Chunks looked at before giving up, so that a file of junk ends in bounded steps. */
const mostChunks = 1000;

/** Chunks of a WAV file that are needed to read it. */
export interface WavChunks {
  /** The first bytes of the chunk `fmt `, at most 40. */
  readonly format: DataView;
  /** First byte of the audio. */
  readonly dataOffset: number;
  /** Size of the audio as the header declares it, which need not be true. */
  readonly declaredBytes: number;
  /** The other chunks before the audio. */
  readonly others: readonly ChunkPlace[];
}

/**
 * Walks the chunks of a WAV file (RIFF, or RF64 and BW64 with sizes of 64 bits) up to its audio.
 * Reads only the chunks' heads, so chunks of any size cost nothing.
 *
 * Layout: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991);
 * EBU Tech 3306 (RF64) and ITU-R BS.2088 (BW64).
 *
 * @param source The file.
 * @returns Its format chunk and where its audio lies.
 * @throws {MegapteraError} `data` where it is no WAV file or lacks a chunk.
 */
export async function findChunks(source: RangeSource): Promise<WavChunks> {
  const window = new ByteWindow(source);
  const is64 = await checkForm(window);
  let format: DataView | undefined;
  let sizes: DataView | undefined;
  const others: ChunkPlace[] = [];
  let offset = 12;
  let last = "";
  for (let count = 0; offset + 8 <= source.sizeBytes; count++) {
    if (count === mostChunks) {
      throw unreadable(source, `no audio was found among its first ${mostChunks} chunks`);
    }
    const head = await window.look(offset, 8);
    const name = fourCharacters(head, 0);
    const declared = head.getUint32(4, true);
    const body = offset + 8;
    if (name === "data") {
      if (format === undefined) {
        throw unreadable(source, `it has no "fmt " chunk before its audio`);
      }
      const declaredBytes = dataSize(declared, sizes);
      return { format, dataOffset: body, declaredBytes, others };
    }
    if (name === "fmt ") format = await window.look(body, Math.min(declared, 40));
    if (name === "ds64" && is64) sizes = await window.look(body, Math.min(declared, 4096));
    const size = declared === 0xffffffff ? tableSize(name, sizes) ?? declared : declared;
    others.push(await placeChunk(window, name, body, size));
    offset = await afterBody(window, body + size, size);
    last = `its chunk "${name.replace(/[^ -~]/g, "·")}" says that it has ${size} bytes`;
  }
  const beyond = offset - source.sizeBytes;
  const found = beyond > 1 ? `${last}, ${beyond} more than are there` : "its audio is missing";
  throw unreadable(source, `it has no "data" chunk: ${found}`);
}

/**
 * Finds the chunks between the audio and the end of the file.
 *
 * @param source The file.
 * @param audioStop The byte after the audio.
 * @param audioBytes Its size.
 * @returns The chunks, where whole chunks with readable names reach exactly to the end; nothing
 * where something else is there.
 */
export async function chunksToEnd(
  source: RangeSource,
  audioStop: number,
  audioBytes: number,
): Promise<ChunkPlace[] | undefined> {
  const window = new ByteWindow(source);
  const chunks: ChunkPlace[] = [];
  let offset = await afterBody(window, audioStop, audioBytes);
  while (chunks.length < mostChunks && offset + 8 <= source.sizeBytes) {
    const head = await window.look(offset, 8);
    const name = fourCharacters(head, 0);
    if (!isName(name)) return undefined;
    const size = head.getUint32(4, true);
    chunks.push(await placeChunk(window, name, offset + 8, size));
    const stop = offset + 8 + size;
    offset = stop === source.sizeBytes ? stop : await afterBody(window, stop, size);
  }
  return offset === source.sizeBytes ? chunks : undefined;
}

/**
 * Finds where the chunk behind a body begins: behind a byte of padding where the body's size is
 * odd, which some programs leave out.
 */
async function afterBody(window: ByteWindow, stop: number, size: number): Promise<number> {
  if (size % 2 === 0 || stop + 9 > window.source.sizeBytes) return stop + size % 2;
  // What stands a byte before or behind a chunk's name passes for a name too, yet not for its size.
  const heads = await window.look(stop, 9);
  const begins = (at: number): boolean => {
    const name = fourCharacters(heads, at);
    const declared = heads.getUint32(at + 4, true);
    const isIn = stop + at + 8 + declared <= window.source.sizeBytes;
    return isName(name) && (isIn || declared === 0xffffffff || name === "data");
  };
  return !begins(1) && begins(0) ? stop : stop + 1;
}

function isName(name: string): boolean {
  return /^[ -~]{4}$/.test(name);
}

async function checkForm(window: ByteWindow): Promise<boolean> {
  const { source } = window;
  if (source.sizeBytes === 0) throw unreadable(source, "it is empty: its size is 0 bytes");
  const head = await window.look(0, 12);
  const form = head.byteLength < 12 ? "" : fourCharacters(head, 0);
  if (form === "RIFX") throw unreadable(source, "it is a big-endian WAV file (RIFX): convert it");
  const known = form === "RIFF" || form === "RF64" || form === "BW64";
  if (!known || fourCharacters(head, 8) !== "WAVE") {
    const first = new Uint8Array(head.buffer, head.byteOffset, head.byteLength);
    throw unreadable(source, wrongStart(first, "a WAV file, which begins with RIFF"));
  }
  return form !== "RIFF";
}

function dataSize(declared: number, sizes: DataView | undefined): number {
  if (sizes === undefined || sizes.byteLength < 16) return declared;
  return Number(sizes.getBigUint64(8, true)) || declared;
}

/** Reads the size of a chunk other than the audio from the table in `ds64`. */
function tableSize(name: string, sizes: DataView | undefined): number | undefined {
  if (sizes === undefined || sizes.byteLength < 28) return undefined;
  const fit = Math.floor((sizes.byteLength - 28) / 12);
  for (let i = 0; i < Math.min(sizes.getUint32(24, true), fit); i++) {
    const at = 28 + 12 * i;
    if (fourCharacters(sizes, at) === name) return Number(sizes.getBigUint64(at + 4, true));
  }
  return undefined;
}
