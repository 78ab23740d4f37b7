import type { BlockHeader } from "./block_header.ts";

/** Bytes that must follow what is decoded: bits are looked at a few bytes ahead. */
export const SLACK_BYTES = 8;

/** Coefficients of the fixed predictors, the nearest sample's first. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]].map((row) => Float64Array.from(row));

/** Codes of two channels of which one or both are sums or differences. */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/**
 * Reason why a block can't be decoded: its bytes end before it does, or they are none of a block.
 */
export type BlockFault = "cut" | "damaged";

/** Integers of each channel. */
interface Decoded {
  readonly channels: readonly Float64Array[];
  /** The byte after the last of them, where the block's checksum begins. */
  readonly stop: number;
}

/**
 * Decodes a block up to its checksum. Samples are whole numbers of up to 33 bits and predictions of
 * up to 53, so that doubles hold all of them exactly.
 *
 * Layout: RFC 9639, section 9.2.
 *
 * @param bytes Bytes of the file, with `SLACK_BYTES` behind them in their buffer.
 * @param at Where the block begins.
 * @param header Its header.
 * @param bits Bits of a sample, 4 to 32.
 * @returns Its samples, or why there are none.
 */
export function decodeBlock(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  { headerBytes, frames, channels: count, channelCode }: BlockHeader,
  bits: number,
): Decoded | BlockFault {
  const reader = new BitReader(bytes, at + headerBytes);
  const sideChannel = channelCode < LEFT_SIDE ? -1 : channelCode === SIDE_RIGHT ? 0 : 1;
  const channels: Float64Array[] = [];
  for (let channel = 0; channel < count; channel++) {
    const samples = new Float64Array(frames);
    const fault = decodeChannel(reader, samples, channel === sideChannel ? bits + 1 : bits);
    if (fault !== undefined) return fault;
    channels.push(samples);
  }
  undoStereo(channels, channelCode);
  return { channels, stop: Math.ceil(reader.at / 8) };
}

/** Turns sums and differences into left and right. */
function undoStereo([first, second]: Float64Array[], channelCode: number): void {
  if (channelCode === LEFT_SIDE) {
    for (let i = 0; i < first.length; i++) second[i] = first[i] - second[i];
  } else if (channelCode === SIDE_RIGHT) {
    for (let i = 0; i < first.length; i++) first[i] += second[i];
  } else if (channelCode === MID_SIDE) {
    for (let i = 0; i < first.length; i++) {
      const side = second[i];
      // Half the sum lost its lowest bit, which is that of the difference.
      second[i] = first[i] - Math.floor(side / 2);
      first[i] = second[i] + side;
    }
  }
}

function decodeChannel(
  reader: BitReader,
  samples: Float64Array,
  bits: number,
): BlockFault | undefined {
  if (reader.read(1) !== 0) return reader.isPast ? "cut" : "damaged";
  const kind = reader.read(6);
  const wasted = reader.read(1) === 0 ? 0 : reader.readUnary() + 1;
  if (reader.isPast) return "cut";
  const width = bits - wasted;
  if (width < 1) return "damaged";
  let fault: BlockFault | undefined;
  if (kind === 0) samples.fill(reader.readSigned(width));
  else if (kind === 1) {
    for (let i = 0; i < samples.length; i++) samples[i] = reader.readSigned(width);
  } else if (kind >= 8 && kind <= 12) {
    fault = decodePredicted(reader, samples, width, kind - 8, FIXED[kind - 8]);
  } else if (kind >= 32) fault = decodePredicted(reader, samples, width, kind - 31);
  else return "damaged";
  if (reader.isPast) return "cut";
  if (fault !== undefined) return fault;
  if (wasted > 0) { for (let i = 0; i < samples.length; i++) samples[i] *= 2 ** wasted; }
  return undefined;
}

/** Decodes samples that are predicted from those before them, by coefficients that are read unless given. */
function decodePredicted(
  reader: BitReader,
  samples: Float64Array,
  width: number,
  order: number,
  fixed?: Float64Array,
): BlockFault | undefined {
  if (order > samples.length) return "damaged";
  for (let i = 0; i < order; i++) samples[i] = reader.readSigned(width);
  const predictor = fixed ? { coefficients: fixed, shift: 0 } : reader.readPredictor(order);
  if (predictor === undefined) return "damaged";
  const fault = reader.readResidual(samples, order);
  if (fault === undefined) predict(samples, predictor.coefficients, predictor.shift);
  return fault;
}

/** Adds to each residual what the samples before it let expect. */
function predict(samples: Float64Array, coefficients: Float64Array, shift: number): void {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  // Four at a time, with zeros in front of the farthest: most of a decoder's time is spent here.
  const most = Math.ceil(order / 4) * 4;
  const padded = new Float64Array(most);
  for (let j = 0; j < order; j++) padded[most - 1 - j] = coefficients[j];
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    if (i < most) {
      for (let j = 0; j < order; j++) sum += coefficients[j] * samples[i - 1 - j];
    } else {
      for (let j = 0, k = i - most; j < most; j += 4, k += 4) {
        sum += padded[j] * samples[k] + padded[j + 1] * samples[k + 1] +
          padded[j + 2] * samples[k + 2] + padded[j + 3] * samples[k + 3];
      }
    }
    samples[i] += Math.floor(sum * scale);
  }
}

/** Reads bits, the highest of each byte first. */
class BitReader {
  readonly #view: DataView;
  readonly #stop: number;
  /** The next bit. */
  at: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, at: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length + SLACK_BYTES);
    this.#stop = bytes.length * 8;
    this.at = at * 8;
  }

  /** Whether more was read than there is. */
  get isPast(): boolean {
    return this.at > this.#stop;
  }

  /** Reads 0 to 32 bits as a number ≥ 0. */
  read(count: number): number {
    if (count === 0) return 0;
    const word = this.at > this.#stop ? 0 : peek(this.#view, this.at);
    this.at += count;
    return word >>> (32 - count);
  }

  /** Reads 1 to 33 bits as a number with a sign. */
  readSigned(count: number): number {
    if (count <= 32) return this.read(count) << (32 - count) >> (32 - count);
    const high = this.read(1);
    return this.read(32) - high * 2 ** 32;
  }

  /** Reads zeros up to a one: how many. */
  readUnary(): number {
    let zeros = 0;
    while (this.at <= this.#stop) {
      const found = Math.clz32(peek(this.#view, this.at));
      this.at += found;
      zeros += found;
      if (found < 32) break;
    }
    this.at++;
    return zeros;
  }

  /** Reads a predictor's coefficients, the nearest sample's first; nothing where it can be none. */
  readPredictor(order: number): { coefficients: Float64Array; shift: number } | undefined {
    const precision = this.read(4) + 1;
    const shift = this.read(5);
    if (precision > 15 || shift > 15) return undefined;
    const coefficients = new Float64Array(order);
    for (let i = 0; i < order; i++) coefficients[i] = this.readSigned(precision);
    return { coefficients, shift };
  }

  /** Reads a residual into what follows the first `order` samples. */
  readResidual(samples: Float64Array, order: number): BlockFault | undefined {
    const method = this.read(2);
    const partitionOrder = this.read(4);
    const size = samples.length / 2 ** partitionOrder;
    if (method > 1 || !Number.isInteger(size) || size < order) return "damaged";
    const parameterBits = method === 0 ? 4 : 5;
    const escape = 2 ** parameterBits - 1;
    for (let first = order, stop = size; stop <= samples.length; first = stop, stop += size) {
      const parameter = this.read(parameterBits);
      if (this.isPast) return "cut";
      if (parameter < escape) this.#readRice(samples, first, stop, parameter);
      else {
        const width = this.read(5);
        for (let i = first; i < stop; i++) samples[i] = width === 0 ? 0 : this.readSigned(width);
      }
    }
    return undefined;
  }

  /** Reads Rice codes: a quotient in unary, a rest in `parameter` bits, the sign in the lowest. */
  #readRice(samples: Float64Array, first: number, stop: number, parameter: number): void {
    const view = this.#view;
    let at = this.at;
    const mostShifted = 2 ** (31 - parameter);
    for (let i = first; i < stop; i++) {
      let quotient = 0;
      let word = 0;
      while (at <= this.#stop && (word = peek(view, at)) === 0) {
        quotient += 32;
        at += 32;
      }
      if (at > this.#stop) break;
      const zeros = Math.clz32(word);
      quotient += zeros;
      at += zeros + 1;
      const rest = parameter === 0 ? 0 : peek(view, at) >>> (32 - parameter);
      at += parameter;
      if (quotient < mostShifted) {
        const code = quotient << parameter | rest;
        samples[i] = code >>> 1 ^ -(code & 1);
      } else {
        const code = quotient * 2 ** parameter + rest;
        samples[i] = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
      }
    }
    this.at = at;
  }
}

/** Reads the 32 bits from a bit on. */
function peek(view: DataView, at: number): number {
  const byte = at >>> 3;
  const shift = at & 7;
  return view.getInt32(byte) << shift | view.getUint8(byte + 4) >>> (8 - shift);
}
