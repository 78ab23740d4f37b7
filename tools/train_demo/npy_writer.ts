const TYPES = { "<f2": Float16Array, "<f4": Float32Array };

/**
 * Writes an array as a `.npy` file (NumPy's format 1.0), row by row.
 *
 * @example
 * ```ts ignore
 * using writer = new NpyWriter("windows.npy", "<f2", [10, 128, 64]);
 * for (let i = 0; i < 10; i++) writer.write(new Float32Array(128 * 64));
 * ```
 */
export class NpyWriter {
  readonly #file: Deno.FsFile;
  readonly #type: keyof typeof TYPES;
  readonly #path: string;
  #left: number;

  /**
   * @param path Where.
   * @param type Half (`<f2`) or single precision (`<f4`).
   * @param shape Its shape.
   */
  constructor(path: string, type: keyof typeof TYPES, shape: number[]) {
    const open = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
    // magic, version and length take 10 bytes, the line ends the header at a multiple of 64
    const length = Math.ceil((open.length + 11) / 64) * 64 - 10;
    const header = new Uint8Array(10 + length);
    header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
    header.set(new TextEncoder().encode(`${open.padEnd(length - 1)}\n`), 10);
    this.#path = path;
    this.#type = type;
    this.#left = shape.reduce((product, size) => product * size, 1);
    this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
    this.#put(header);
  }

  /** @param values The next values, in the array's order. */
  write(values: Float32Array): void {
    this.#left -= values.length;
    this.#put(new Uint8Array(new TYPES[this.#type](values).buffer));
  }

  #put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  /** Closes the file; throws where the shape was not filled. */
  [Symbol.dispose](): void {
    this.#file.close();
    if (this.#left !== 0) {
      throw new RangeError(`Cannot finish ${this.#path} as ${this.#left} values are still to come`);
    }
  }
}
