/**
 * What of the system files are written by: a seam, so that a test can let each operation fail, or end
 * the process there.
 */
export interface FileSystem
  extends Pick<typeof Deno, "link" | "mkdir" | "open" | "readDir" | "remove" | "rename" | "stat"> {
  /** A name that nobody else has. */
  randomUUID(): string;
}

/** The system itself. */
export const REAL_FILES: FileSystem = {
  link: Deno.link,
  mkdir: Deno.mkdir,
  open: Deno.open,
  readDir: Deno.readDir,
  remove: Deno.remove,
  rename: Deno.rename,
  stat: Deno.stat,
  randomUUID: () => crypto.randomUUID(),
};
