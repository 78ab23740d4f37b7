import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoutExporters, readBouts } from "../../../analysis/exports/mod.ts";
import { parseAudacityLabels } from "../../../analysis/tables/audacity_labels.ts";
import { findBouts } from "../../../pipeline/bouts/mod.ts";
import { MEL_BANDS, WINDOW_FRAMES } from "../../../pipeline/detector/mod.ts";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { fakeDetector, FakeEngine } from "../../helpers/fake_detector.ts";
import { MADE_ABOUT } from "../../helpers/made_bouts.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";
import { namesIn, withFolder } from "../../helpers/temporary_folder.ts";

const DAY = Date.UTC(2021, 0, 1);
const RATE_HZ = 16_000;
const VALUES = WINDOW_FRAMES * MEL_BANDS;

/** Hears whether the middle of a window is loud. */
class LoudnessEngine extends FakeEngine {
  override run(windows: Float32Array): ReturnType<FakeEngine["run"]> {
    const middle = (WINDOW_FRAMES / 2 - 2) * MEL_BANDS;
    const logits = Float32Array.from({ length: windows.length / VALUES }, (_, n) => {
      let sum = 0;
      for (let i = middle; i < middle + 4 * MEL_BANDS; i++) sum += windows[n * VALUES + i];
      return sum / (4 * MEL_BANDS) > 1 ? 2 : -2;
    });
    const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    return Promise.resolve({ logits, scores, features: new Float32Array(logits.length) });
  }
}

/** Seconds of the day that each recording begins at, and how long it is. */
const FILES = [
  { name: "a.wav", start: 300, seconds: 400.5 },
  { name: "=b.wav", start: 700.5, seconds: 250 }, // joins a.wav, and its name is a formula
  { name: "quiet.wav", start: 3500, seconds: 200 }, // a gap before it, an hour's border in it
  { name: "d.wav", start: 3700, seconds: 300 },
];
/** Loud seconds of the day: in one file, over a seam, none in quiet.wav, in the last. */
const CALLS = [[400, 440], [680, 730], [3800, 3860]];

const uriOf = (name: string): string => `file:///audio/${encodeURIComponent(name)}`;

Deno.test("the boxes of a day of many files lie where the bouts were placed, to the second", () =>
  withFolder(async (folder) => {
    const catalogue = memoryCatalogue(FILES.map(({ name, start, seconds }, seed) => {
      const samples = noise(seconds * RATE_HZ, seed + 1);
      for (const [from, to] of CALLS) {
        const at = (second: number): number =>
          Math.min(Math.max(0, Math.round((second - start) * RATE_HZ)), samples.length);
        for (let i = at(from); i < at(to); i++) samples[i] *= 100;
      }
      return { name, startMs: DAY + start * 1000, sampleRateHz: RATE_HZ, samples };
    }));
    const named = {
      ...catalogue,
      entries: catalogue.entries.map((entry, i) => ({ ...entry, uri: uriOf(FILES[i].name) })),
    };
    // PCEN with alpha 0 gives loudness itself, not changes of it.
    const detector = fakeDetector(new LoudnessEngine(), 0);
    const store = new ScoreStore(join(folder, "scores"));
    await score(named, { store, detectors: [detector] });

    // What an earlier run found in it must not stand beside this run's.
    await Deno.mkdir(join(folder, "calls.audacity"));
    await Deno.writeTextFile(join(folder, "calls.audacity", "quiet.txt"), "1\t2\tMn\n");
    const out = join(folder, "calls.csv");
    const exporters = await openBoutExporters(out, ["csv", "raven", "audacity"]);
    const onHour = (
      { manifest }: { manifest?: Parameters<NonNullable<typeof exporters[0]["onManifest"]>>[0] },
    ): void => {
      for (const exporter of exporters) if (manifest) exporter.onManifest?.(manifest);
    };
    const bouts = [];
    for await (const bout of findBouts(store.name, { median: 3, onHour })) {
      bouts.push(bout);
      for (const exporter of exporters) await exporter.add(bout);
    }
    for (const exporter of exporters) await exporter.commit(MADE_ABOUT);
    for (const exporter of exporters) await exporter.close();
    bouts.forEach(({ startMs, stopMs }, i) => {
      assert.ok(Math.abs(startMs - DAY - CALLS[i][0] * 1000) <= 1000, `call ${i} starts`);
      assert.ok(Math.abs(stopMs - DAY - CALLS[i][1] * 1000) <= 1000, `call ${i} stops`);
    });
    assert.equal(bouts.length, CALLS.length);

    const table = await Deno.readTextFile(join(folder, "calls.raven.txt"));
    const [header, ...rows] = table.trimEnd().split("\n").map((line) => line.split("\t"));
    const cell = (row: string[], column: string): string => row[header.indexOf(column)];
    const placed = [
      { file: "a.wav", from: 400, to: 440 },
      { file: "a.wav", from: 680, to: 700.5 },
      { file: "'=b.wav", from: 700.5, to: 730 },
      { file: "d.wav", from: 3800, to: 3860 },
    ];
    assert.deepEqual(rows.map((row) => cell(row, "Selection")), ["1", "2", "3", "4"]);
    assert.deepEqual(rows.map((row) => cell(row, "Call")), ["1", "2", "2", "3"]);
    rows.forEach((row, i) => {
      const { file, from, to } = placed[i];
      assert.equal(cell(row, "Begin File"), file);
      const index = FILES.findIndex(({ name }) => file.endsWith(name));
      assert.equal(cell(row, "Begin Path"), `/audio/${FILES[index].name}`);
      const inList = FILES.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0);
      const offset = Number(cell(row, "File Offset (s)"));
      const begin = Number(cell(row, "Begin Time (s)"));
      const end = Number(cell(row, "End Time (s)"));
      assert.ok(Math.abs(offset - (from - FILES[index].start)) <= 1, `offset of row ${i}`);
      assert.ok(Math.abs(begin - inList - offset) < 1e-6, "begin counts over all files before");
      assert.ok(Math.abs(end - begin - (to - from)) <= 1.5, `length of row ${i}`);
    });
    // The seam itself is exact: the first piece ends where its file ends, the second begins at 0.
    assert.equal(Number(cell(rows[1], "End Time (s)")), 400.5);
    assert.equal(Number(cell(rows[2], "File Offset (s)")), 0);

    for (const kind of ["raven", "audacity"]) {
      const list = await Deno.readTextFile(join(folder, `calls.${kind}-files.txt`));
      assert.deepEqual(list.trimEnd().split("\n"), FILES.map(({ name }) => `/audio/${name}`));
    }
    const ending = ".Table.1.selections.txt";
    assert.deepEqual(
      await namesIn(join(folder, "calls.raven")),
      [`'=b${ending}`, `a${ending}`, `d${ending}`],
      "a recording without bouts has no table",
    );
    for (const name of ["'=b", "a", "d"]) {
      const own = await Deno.readTextFile(join(folder, "calls.raven", `${name}${ending}`));
      const [ownHeader, ...ownRows] = own.trimEnd().split("\n").map((line) => line.split("\t"));
      const inList = rows.filter((row) => cell(row, "Begin File") === `${name}.wav`);
      assert.deepEqual(ownHeader, header);
      assert.equal(ownRows.length, inList.length);
      ownRows.forEach((row, i) => {
        assert.equal(cell(row, "Selection"), String(i + 1));
        assert.equal(
          cell(row, "Begin Time (s)"),
          cell(row, "File Offset (s)"),
          "from its own start",
        );
        const length = (of: string[]): number =>
          Number(cell(of, "End Time (s)")) - Number(cell(of, "Begin Time (s)"));
        assert.ok(Math.abs(length(row) - length(inList[i])) < 2e-6);
        const same = header.filter((column) =>
          !/^(Selection|(Begin|End) Time \(s\))$/.test(column)
        );
        assert.deepEqual(same.map((c) => cell(row, c)), same.map((c) => cell(inList[i], c)));
      });
    }
    for (const row of rows) {
      const columns = ["Annotation", "Low Freq (Hz)", "High Freq (Hz)"];
      assert.deepEqual(columns.map((column) => cell(row, column)), ["Mn", "0.0", "5000.0"]);
    }
    const labels = await Deno.readTextFile(join(folder, "calls.audacity", "'=b.txt"));
    const [label] = parseAudacityLabels(labels, "'=b.txt");
    assert.equal(label.fromSeconds, 0);
    assert.ok(Math.abs(label.toSeconds - (730 - 700.5)) <= 1);
    assert.equal(label.label, "Mn", "one label for all, as readers take each for a class");
    assert.deepEqual(await namesIn(join(folder, "calls.audacity")), ["'=b.txt", "a.txt", "d.txt"]);

    assert.deepEqual(
      await readBouts(join(folder, "calls.raven.txt")),
      await readBouts(join(folder, "calls.csv")),
    );
  }));
