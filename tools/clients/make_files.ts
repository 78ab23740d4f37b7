// Writes the files that the readers of other people are tried on: deno run --allow-read --allow-write
// tools/clients/make_files.ts, from the root.
import { fileURLToPath } from "node:url";
import { writeExchangeFiles } from "../../tests/helpers/exchange_files.ts";

const folder = fileURLToPath(new URL("../../tests/fixtures/exchange/files", import.meta.url));
await Deno.remove(folder, { recursive: true }).catch(() => {});
await writeExchangeFiles(folder);
await Deno.remove(`${folder}/scores`, { recursive: true });
