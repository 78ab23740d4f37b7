import { WholeFile } from "../analysis/exports/whole_file.ts";

/** Writes a file that appears whole or not at all. */
export async function writeText(path: string, text: string): Promise<void> {
  const file = await WholeFile.open(path);
  try {
    await file.write(text);
    await file.commit();
  } finally {
    await file.close();
  }
}
