import assert from "node:assert/strict";
import fc from "fast-check";
import { hatch, unheardRects } from "../../../analysis/charts/shading.ts";

const DAY_MS = 86_400_000;

Deno.test("lines of hatching stay within their rectangle, at 45 degrees of pixels", () => {
  const size = fc.double({ min: 0.5, max: 50, noNaN: true });
  fc.assert(fc.property(size, size, size, size, (x, y, width, height) => {
    const rect = { x, x2: x + width, y, y2: y + height };
    for (const line of hatch([rect], { xPerPixel: 2, yPerPixel: 0.5, spacing: 3 })) {
      assert.ok(line.x >= rect.x - 1e-9 && line.x2 <= rect.x2 + 1e-9);
      assert.ok(line.y >= rect.y - 1e-9 && line.y2 <= rect.y2 + 1e-9);
      const [across, up] = [(line.x2 - line.x) / 2, (line.y2 - line.y) / 0.5];
      assert.ok(Math.abs(across - up) < 1e-6);
    }
  }));
});

Deno.test("every hour of the range is either heard or in a rectangle, never both, never twice", () => {
  const days = 6;
  const hour = fc.integer({ min: 0, max: days * 24 - 1 });
  fc.assert(fc.property(fc.uniqueArray(hour, { maxLength: days * 24 }), (hours) => {
    const heard = hours.map((at) => ({ day: Math.floor(at / 24) * DAY_MS, hour: at % 24 }));
    const covered = new Uint8Array(days * 24);
    for (const { x, x2, y, y2 } of unheardRects(heard, 0, days * DAY_MS)) {
      for (let day = x / DAY_MS; day < x2 / DAY_MS; day++) {
        for (let at = y; at < y2; at++) covered[day * 24 + at]++;
      }
    }
    for (let at = 0; at < covered.length; at++) {
      assert.equal(covered[at], hours.includes(at) ? 0 : 1);
    }
  }));
});
