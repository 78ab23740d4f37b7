import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { reportPage } from "../../analysis/report/mod.ts";
import { exampleCharts } from "../analysis/charts/example_charts.ts";
import { ChromiumPage, findChromium } from "../helpers/chromium.ts";
import { runHere } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** Widths of a telephone, a small and a large screen, and of A4 within its margins, pixels. */
const VIEWS = [
  { name: "400", width: 400, media: "screen" },
  { name: "1024", width: 1024, media: "screen" },
  { name: "1600", width: 1600, media: "screen" },
  { name: "A4", width: 703, media: "print" },
];

/** Where pictures of the page are kept, if somebody says so; those in docs/ are from there. */
const PICTURES = Deno.env.get("MEGAPTERA_PICTURES");

const chromium = await findChromium();
const skipped = chromium === undefined ? " (skipped: Chromium is not installed)" : "";

Deno.test(`a report is whole and legible at any width and on paper${skipped}`, {
  ignore: chromium === undefined,
}, () =>
  withFolder(async (folder) => {
    const path = await simulatedReport(folder);
    const page = await ChromiumPage.open(chromium!);
    try {
      const found: unknown[] = [];
      for (const { name, width, media } of VIEWS) {
        await open(page, path, width, media);
        if (PICTURES !== undefined) await takePictures(page, `${PICTURES}/report-${name}`);
        const folded = await page.evaluate(`(${faults})(/simulated/i)`);
        await page.evaluate(
          "document.querySelectorAll('details').forEach((one) => one.open = true)",
        );
        await page.until(
          "[...document.querySelectorAll('.chart')].every((one) => one.querySelector('svg'))",
        );
        const unfolded = await page.evaluate(`(${faults})(/simulated/i)`);
        found.push({ name, folded, unfolded });
      }
      assert.deepEqual(found, VIEWS.map(({ name }) => ({ name, folded: [], unfolded: [] })));
      assert.deepEqual(await page.evaluate(`(${downloads})()`), DOWNLOADED);
      assert.deepEqual(page.errors, []);
    } finally {
      await page.close();
    }
  }));

Deno.test(`every kind of chart is whole and legible at any width${skipped}`, {
  ignore: chromium === undefined,
}, () =>
  withFolder(async (folder) => {
    const path = `${folder}/charts.html`;
    const sections = Object.entries(exampleCharts())
      .map(([name, spec]) => ({ id: name, heading: name, charts: [spec] }));
    await Deno.writeTextFile(path, await reportPage({ title: "Charts", notices: [], sections }));
    const page = await ChromiumPage.open(chromium!);
    try {
      const found: unknown[] = [];
      for (const { name, width, media } of VIEWS) {
        await open(page, path, width, media);
        found.push({ name, faults: await page.evaluate(`(${faults})(/made by a rule/)`) });
      }
      assert.deepEqual(found, VIEWS.map(({ name }) => ({ name, faults: [] })));
    } finally {
      await page.close();
    }
  }));

async function open(
  page: ChromiumPage,
  path: string,
  width: number,
  media: string,
): Promise<void> {
  await page.send("Emulation.setEmulatedMedia", { media });
  const screen = { width, height: 900, deviceScaleFactor: 1, mobile: true };
  await page.send("Emulation.setDeviceMetricsOverride", screen);
  const ready = "document.documentElement.dataset.ready === 'true'";
  await page.goto(pathToFileURL(path).href, ready);
}

/** Makes the report of two simulated months by the command line, as a user would. */
async function simulatedReport(folder: string): Promise<string> {
  const path = `${folder}/report.html`;
  const range = ["--start", "2015-11-01", "--stop", "2016-01-01"];
  for (
    const args of [
      ["simulate", ...range, "--out", `${folder}/season`],
      ["report", `${folder}/season`, "--site", "mars", "--out", path],
    ]
  ) {
    const { code, err } = await runHere(args, `${folder}/cache`);
    assert.equal(code, 0, err);
  }
  return path;
}

/** What the first table and the first chart give: a journal's page is 180 mm wide, here at 600 dpi. */
const DOWNLOADED = {
  csv: "start,days,effort_s",
  svg: { isOfPaperWidth: true, saysSimulated: true, isWhole: true },
  png: { type: "image/png", isOfPaperWidth: true },
};

/** Runs in the page: presses the buttons, and looks at what would be stored. */
const downloads = `async () => {
  const press = (label, within = document) => new Promise((resolve) => {
    URL.createObjectURL = (blob) => { resolve(blob); return "data:,"; };
    const buttons = [...within.querySelectorAll("button")];
    buttons.find((one) => one.textContent === label).click();
  });
  HTMLAnchorElement.prototype.click = () => {};
  const csv = await (await press("Download CSV", document.querySelector("#season"))).text();
  const svg = await (await press("Download SVG")).text();
  const png = await press("Download PNG");
  const { width } = await createImageBitmap(png);
  const millimetres = Number(/ width="([\\d.]+)mm"/.exec(svg)[1]);
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  return {
    csv: csv.slice(0, 19),
    svg: {
      isOfPaperWidth: millimetres > 170 && millimetres <= 180.5,
      saysSimulated: /simulated/i.test(svg),
      isWhole: parsed.documentElement.tagName === "svg" && !svg.includes("file:"),
    },
    png: { type: png.type, isOfPaperWidth: width > 4000 && width <= 4265 },
  };
}`;

/** Keeps a picture of the whole page, and one of its top with the answer. */
async function takePictures(page: ChromiumPage, path: string): Promise<void> {
  await Deno.mkdir(PICTURES!, { recursive: true });
  await Deno.writeFile(`${path}-whole.png`, await page.screenshot());
  const box = "document.querySelector('#caveats').getBoundingClientRect()";
  const height = Number(await page.evaluate(`${box}.top + scrollY - 20`));
  const width = Number(await page.evaluate("innerWidth"));
  const { data } = await page.send("Page.captureScreenshot", {
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await Deno.writeFile(`${path}.png`, Uint8Array.fromBase64(String(data)));
}

/** Runs in the page: measures boxes and colours, and says all that is cut, hidden or illegible. */
const faults = `(notice) => {
  const found = [];
  const isPaper = matchMedia("print").matches;
  const wide = document.documentElement.clientWidth;
  const isShown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
  const nameOf = (one) =>
    one.tagName + "." + (one.getAttribute("class") ?? "") + " “" + one.textContent.slice(0, 40) + "”";
  const scrolls = (one) => !isPaper && /auto|scroll/.test(getComputedStyle(one).overflowX);
  const isInScroller = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) if (scrolls(at)) return true;
    return false;
  };

  for (const one of document.querySelectorAll("body, body *:not(script, svg *)")) {
    if (!isShown(one) || isInScroller(one)) continue;
    const { left, right } = one.getBoundingClientRect();
    if (left < -0.5 || right > wide + 0.5) found.push("beyond the page: " + nameOf(one));
    if (!scrolls(one) && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1) {
      found.push("cut by its box: " + nameOf(one));
    }
  }

  for (const one of document.querySelectorAll("th, .chart text")) {
    if (/[a-z]_[a-z]/.test(one.textContent)) found.push("a column's raw name: " + one.textContent);
  }

  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  for (const svg of document.querySelectorAll(".chart svg")) {
    if (!isShown(svg)) continue;
    const chart = svg.parentElement.getAttribute("aria-label").slice(0, 40) + ": ";
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")]
      .filter((one) => isShown(one) && one.textContent !== "" &&
        getComputedStyle(one).opacity !== "0");
    const boxes = texts.map((one) => one.getBoundingClientRect());
    texts.forEach((one, i) => {
      const { left, right, top, bottom } = boxes[i];
      const isIn = left >= frame.left - 1 && right <= frame.right + 1 && top >= frame.top - 1 &&
        bottom <= frame.bottom + 1;
      if (!isIn) found.push(chart + "cut text: " + one.textContent);
      texts.slice(0, i).forEach((other, k) => {
        if (overlap(boxes[i], boxes[k])) {
          found.push(chart + one.textContent + " overlaps " + other.textContent);
        }
      });
    });
    const words = texts.map((one) => one.textContent).join(" ");
    if (!notice.test(words)) found.push(chart + "lacks its notice");
    for (const axis of svg.querySelectorAll("g.role-axis")) {
      if (!axis.querySelector(".role-axis-label text")) continue;
      const title = axis.querySelector(".role-axis-title text")?.textContent ?? "";
      const labels = [...axis.querySelectorAll(".role-axis-label text")];
      // Rows that are named, such as bouts, say themselves what they are.
      if (title === "" && labels.every((one) => !/\\d/.test(one.textContent))) continue;
      if (title === "") found.push(chart + "an axis has no title");
      // Shares name their unit in the labels; scores and classes have none.
      else if (!/\\(.+\\)|share|^(heard|score|light|recall|precision)$/.test(title)) {
        found.push(chart + "an axis has no unit: " + title);
      }
    }
  }

  const rgb = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\\d.]+/g) ?? []).map(Number);
    return { channels: [r, g, b], alpha: text === "none" ? 0 : a };
  };
  const luminance = (channels) =>
    channels.map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const { channels, alpha } = rgb(getComputedStyle(at).backgroundColor);
      if (alpha > 0.5) return channels;
    }
    return [255, 255, 255];
  };
  const behind = (svg, text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    let channels = [255, 255, 255];
    for (const one of svg.querySelectorAll("path, rect, text")) {
      if (one === text) break;
      const box = one.getBoundingClientRect();
      const isBehind = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
      const style = getComputedStyle(one);
      const fill = rgb(style.fill);
      const isSeen = one.tagName !== "text" && fill.alpha > 0.5 && style.opacity > 0.5 &&
        style.fillOpacity > 0.5 && one.closest("g.mark-rect, g.background, .mark-group");
      if (isBehind && isSeen && fill.channels.length === 3 && box.width > 3) {
        channels = fill.channels;
      }
    }
    return channels;
  };
  const isLegible = (one, colour, on) => {
    const ratio = contrast(rgb(colour).channels, on);
    if (!(ratio >= 4.5)) found.push("contrast " + ratio.toFixed(1) + ": " + nameOf(one));
  };
  for (const one of document.querySelectorAll("body *:not(script, svg *)")) {
    const hasText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (hasText && isShown(one)) isLegible(one, getComputedStyle(one).color, ground(one));
  }
  for (const one of document.querySelectorAll(".chart svg text")) {
    if (isShown(one)) isLegible(one, getComputedStyle(one).fill, behind(one.closest("svg"), one));
  }
  return [...new Set(found)].slice(0, 40);
}`;
