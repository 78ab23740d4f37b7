import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { wavClip } from "../../../analysis/report/clips.ts";
import { reportPage } from "../../../analysis/report/mod.ts";
import { ChromiumPage, findChromium } from "../../helpers/chromium.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { exampleCharts } from "../charts/example_charts.ts";

const HOSTILE = [
  "<img src=x onerror=globalThis.hacked=1>.wav",
  "</script><script>globalThis.hacked=1</script>",
  "<!--<script>",
  "javascript:globalThis.hacked=1",
];

const tone = Float32Array.from({ length: 20_000 }, (_, i) => 0.1 * Math.sin(i / 4));

const report = {
  title: HOSTILE[0],
  notices: HOSTILE,
  sections: [
    { id: "chart", heading: HOSTILE[1], charts: [exampleCharts().presence] },
    {
      id: "clips",
      heading: "Clips",
      clips: [
        { caption: HOSTILE[0], audio: wavClip(tone, 10_000) },
        { caption: HOSTILE[1], missing: HOSTILE[2] },
      ],
      tables: [{ caption: HOSTILE[2], columns: [HOSTILE[1]], rows: [[HOSTILE[0]], [null]] }],
      list: HOSTILE,
      code: HOSTILE[1],
    },
  ],
};

Deno.test("no text of a report can end the data or begin a script in the page", async () => {
  const page = await reportPage(report);
  assert.equal(page.match(/<script/gi)?.length, 4);
  assert.equal(page.match(/<\/script/gi)?.length, 4);
  assert.ok(!page.includes("<img src=x"));
});

Deno.test("the page allows no source but itself and data, no eval, no inline handler", async () => {
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(await reportPage(report))!;
  assert.match(
    policy,
    /^default-src 'none'; script-src (?:'sha256-[\w+/=]+' ?)+; style-src 'sha256-/,
  );
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});

const chromium = await findChromium();
const skipped = chromium === undefined ? " (skipped: Chromium is not installed)" : "";

Deno.test(`in Chromium, hostile names are text, a clip plays, and keys zoom${skipped}`, {
  ignore: chromium === undefined,
}, () =>
  inChromium(async (page) => {
    assert.equal(await page.evaluate("globalThis.hacked === undefined"), true);
    assert.equal(await page.evaluate("document.querySelector('h1').textContent"), HOSTILE[0]);
    const shown = String(await page.evaluate("document.body.textContent"));
    for (const name of HOSTILE) assert.ok(shown.includes(name));
    assert.equal(await page.evaluate("document.querySelectorAll('#clips img').length"), 0);

    await page.evaluate("document.querySelector('audio').play()");
    await page.until("document.querySelector('audio').currentTime > 0.1");

    // What is written along the axes, in whatever order Vega keeps it.
    const picture = "[...document.querySelectorAll('.chart text')]" +
      ".map((one) => one.textContent).sort().join()";
    const before = await page.evaluate(picture);
    await tabTo(page, "document.activeElement.className === 'chart'");
    await page.press("+");
    await page.until(`${picture} !== ${JSON.stringify(before)}`);
    await page.press("0");
    await page.until(`${picture} === ${JSON.stringify(before)}`);
    await tabTo(page, "document.activeElement.textContent === 'Later'");
    await tabTo(page, "document.activeElement.tagName === 'AUDIO'");
    await tabTo(page, "document.activeElement.tagName === 'SUMMARY'");
    await page.evaluate("document.activeElement.parentElement.open = true");
    await tabTo(page, "document.activeElement.textContent === 'Download CSV'");
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.requests.filter((one) => !/^(?:file|data):/.test(one)), []);
  }));

/** Opens the report in a real browser, where one is at hand. */
function inChromium(look: (page: ChromiumPage) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const path = `${folder}/report.html`;
    await Deno.writeTextFile(path, await reportPage(report));
    const page = await ChromiumPage.open(chromium!);
    try {
      const ready = "document.documentElement.dataset.ready === 'true'";
      await page.goto(pathToFileURL(path).href, ready);
      await look(page);
    } finally {
      await page.close();
    }
  });
}

/** Presses Tab until the focus is there. */
async function tabTo(page: ChromiumPage, there: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate(there) === true) return;
    await page.press("Tab");
  }
  assert.fail(`Tab never came to ${there}`);
}
