/** Bytes of a sector. */
export const SECTOR_BYTES = 4096;

/**
 * The system, where some sectors of all files can't be read, as on a disk that begins to fail.
 *
 * @param sectors Which, counted from 0; may be changed at any time.
 */
export function badSectors(sectors: Set<number>): Pick<typeof Deno, "open" | "stat"> {
  return {
    stat: (path) => Deno.stat(path),
    open: async (path) => {
      const file = await Deno.open(path);
      const read = file.read.bind(file);
      file.read = async (bytes) => {
        const at = await file.seek(0, Deno.SeekMode.Current);
        const bad = [...sectors].map((sector) => sector * SECTOR_BYTES)
          .filter((start) => start + SECTOR_BYTES > at && start < at + bytes.length)
          .sort((a, b) => a - b)[0];
        if (bad === undefined) return await read(bytes);
        // What lies before is given, as the system does.
        if (bad > at) return await read(bytes.subarray(0, bad - at));
        throw Object.assign(new Error("Input/output error (os error 5)"), { code: "EIO" });
      };
      return file;
    },
  };
}
