import assert from "node:assert/strict";
import { table } from "arquero";
import { DISPLAY, type Forms, showTables } from "../../notebooks/kit/show_tables.ts";

Deno.test("a table in a notebook shows its times in UTC and says so, wherever the reader is", () => {
  showTables(2);
  const start = [new Date(Date.UTC(2021, 0, 1, 5)), null, new Date(0)];
  const shown = table({ start, calls: [3, 4, 5] }) as unknown as Record<symbol, () => Forms>;
  const { "text/html": html, "text/plain": plain } = shown[DISPLAY]();
  assert.match(String(html), /<td[^>]*>2021-01-01T05:00:00Z<\/td><td[^>]*>3<\/td>/);
  assert.doesNotMatch(String(html), /1970|null/);
  assert.equal(plain, "3 rows, 2 columns: start, calls");
});
