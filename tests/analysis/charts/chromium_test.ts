import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { reportPage } from "../../../analysis/report/mod.ts";
import { ChromiumPage, findChromium } from "../../helpers/chromium.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { exampleCharts } from "./example_charts.ts";

/** A colour that each chart must show, and how many pixels of it at least. */
const SHOWN: Record<string, [hex: string, pixels: number]> = {
  presence: ["#DCE0EC", 20_000],
  season: ["#0072B2", 200],
  diel: ["#0072B2", 500],
  light: ["#E69F00", 1_000],
  histogram: ["#0072B2", 20_000],
  precision_recall: ["#D55E00", 100],
  year: ["#DCE0EC", 20_000],
  month_hour: ["#FFFFFF", 2_000],
  seasons: ["#0072B2", 200],
  clip: ["#DCE0EC", 10_000],
  // Bars of spans are a little transparent.
  hour: ["#DB7626", 500],
};

const chromium = await findChromium();
const skipped = chromium === undefined ? " (skipped: Chromium is not installed)" : "";

Deno.test(`Chromium draws every chart, without a network and without eval${skipped}`, {
  ignore: chromium === undefined,
}, () =>
  withFolder(async (folder) => {
    const charts = exampleCharts();
    const path = `${folder}/charts.html`;
    const sections = Object.entries(charts)
      .map(([name, spec]) => ({ id: name, heading: name, charts: [spec] }));
    await Deno.writeTextFile(path, await reportPage({ title: "Charts", notices: [], sections }));
    const page = await ChromiumPage.open(chromium!);
    try {
      const ready = "document.documentElement.dataset.ready === 'true'";
      await page.goto(pathToFileURL(path).href, ready);
      for (const [name, [hex, least]] of Object.entries(SHOWN)) {
        const pixels = Number(await page.evaluate(`(${countPixels})("${name}", "${hex}")`));
        assert.ok(pixels >= least, `${name} shows ${pixels} pixels of ${hex}, not ${least}`);
      }
      assert.deepEqual(Object.keys(SHOWN).sort(), Object.keys(charts).sort());
      assert.deepEqual(page.errors, []);
      const outside = page.requests.filter((one) => !/^(?:file|data):/.test(one));
      assert.deepEqual(outside, []);
    } finally {
      await page.close();
    }
  }));

/** Runs in the page: pixels of a section's picture that are of a colour. */
const countPixels = `async (id, hex) => {
  const svg = document.querySelector("#" + id + " svg");
  const image = new Image();
  image.src = "data:image/svg+xml," +
    encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (wanted.every((value, i) => Math.abs(data[at + i] - value) <= 3)) count++;
  }
  return count;
}`;
