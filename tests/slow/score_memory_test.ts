import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./score_hours.ts", import.meta.url));
const YEAR_HOURS = 8766;
/** The list of the files of ten years (88,000), and what the runtime leaves lying about. */
const ROOM_MEGABYTES = 100;

async function run(
  hours: number,
): Promise<{ bouts: number; cells: number; peakMegabytes: number }> {
  const rights = ["--no-prompt", "--allow-read", "--allow-env", "--allow-sys"];
  // Garbage that waits for another thread would make the peak a matter of what else the machine does.
  const args = ["run", ...rights, "--v8-flags=--single-threaded-gc", SCRIPT, String(hours)];
  const command = new Deno.Command(Deno.execPath(), { args });
  const { stdout, stderr, success } = await command.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("ten years of scores take the memory of one, but for the list of their files", async () => {
  const one = await run(YEAR_HOURS);
  const ten = await run(10 * YEAR_HOURS);
  assert.equal(one.cells, YEAR_HOURS);
  assert.equal(ten.cells, 10 * YEAR_HOURS);
  assert.ok(ten.bouts > 9 * one.bouts);
  assert.ok(one.peakMegabytes < 300, `${one.peakMegabytes} MB`);
  assert.ok(
    ten.peakMegabytes < one.peakMegabytes + ROOM_MEGABYTES,
    `${one.peakMegabytes} MB, then ${ten.peakMegabytes} MB`,
  );
});
