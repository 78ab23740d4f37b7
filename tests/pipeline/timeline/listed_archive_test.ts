import assert from "node:assert/strict";
import { MegapteraError } from "../../../core/errors.ts";
import type { Recording } from "../../../pipeline/audio/recording.ts";
import { SourceFault } from "../../../pipeline/places/source.ts";
import { ListedArchive } from "../../../pipeline/timeline/listed_archive.ts";
import { type ListedRecording, namedList } from "../../../pipeline/timeline/recording_list.ts";
import { templateList } from "../../../pipeline/timeline/template.ts";

const DAY_MS = 86_400_000;
const DAY = Date.UTC(2021, 0, 10);
const RATE_HZ = 16_000;

/** Opens what a table says is there: so many seconds of audio, or a fault. */
function opener(
  there: Record<string, number | Error>,
): { opened: string[]; open: (place: string) => Promise<Recording> } {
  const opened: string[] = [];
  const open = (place: string): Promise<Recording> => {
    opened.push(place);
    const found = there[place] ?? new SourceFault("missing", `Cannot read ${place} as it is gone.`);
    if (typeof found !== "number") return Promise.reject(found);
    const source = { uri: place, sizeBytes: 1, version: "1", read: () => Promise.reject() };
    return Promise.resolve({
      source: { ...source, close: () => {} },
      sampleRateHz: RATE_HZ,
      channels: 1,
      frames: found * RATE_HZ,
      warnings: [],
      read: () => Promise.reject(),
      close: () => {},
    });
  };
  return { opened, open };
}

const range = { startMs: DAY, stopMs: DAY + DAY_MS };
const template = templateList("s3://b/{YYYYMMDD}.wav");
const forbidden = new SourceFault("forbidden", "Cannot read it as access is denied.");

Deno.test("a day's catalogue holds the day, its neighbours, and the clock of the day before", async () => {
  const whole = { "s3://b/20210109.wav": 86_400, "s3://b/20210110.wav": 86_400 };
  const { open, opened } = opener({ ...whole, "s3://b/20210111.wav": 86_400 });
  const archive = new ListedArchive(template, { ...range, open });
  const { entries, timeline, absent } = await archive.day(DAY);
  assert.deepEqual(entries.map(({ uri }) => uri), [
    "s3://b/20210109.wav",
    "s3://b/20210110.wav",
    "s3://b/20210111.wav",
  ]);
  assert.equal(timeline.runs.length, 1);
  assert.deepEqual(absent.map(({ kind }) => kind), []);
  await archive.day(DAY);
  assert.equal(new Set(opened).size, opened.length, "no header is read twice");
});

Deno.test("the next day reads only the headers that are new", async () => {
  const days = ["07", "08", "09", "10", "11", "12"].map((
    day,
  ) => [`s3://b/202101${day}.wav`, 86_400]);
  const { open, opened } = opener(Object.fromEntries(days));
  const archive = new ListedArchive(template, { ...range, open });
  await archive.day(DAY);
  const before = opened.length;
  await archive.day(DAY + DAY_MS);
  assert.deepEqual(opened.slice(before), ["s3://b/20210112.wav"]);
});

Deno.test("a drift over days places a day's hours alike, wherever the range begins", async () => {
  // Each file is 0.4 s short: kept from further back, the clock would drift by more each day.
  const days = Array.from(
    { length: 9 },
    (_, i) => `s3://b/202101${String(i + 4).padStart(2, "0")}.wav`,
  );
  const there = Object.fromEntries(days.map((place) => [place, 86_399.6]));
  const startOf = async (startMs: number) => {
    const { open } = opener(there);
    const archive = new ListedArchive(template, { startMs, stopMs: DAY + DAY_MS, open });
    for (let dayMs = startMs; dayMs < DAY; dayMs += DAY_MS) await archive.day(dayMs);
    return (await archive.day(DAY)).timeline.runs.map((run) => [run.startMs, run.frames]);
  };
  assert.deepEqual(await startOf(DAY), await startOf(DAY - 4 * DAY_MS));
});

Deno.test("one missing day among others is a gap with its reason and its end", async () => {
  const { open } = opener({ "s3://b/20210109.wav": 86_400, "s3://b/20210111.wav": 86_400 });
  const { absent } = await new ListedArchive(template, { ...range, open }).day(DAY);
  const lost = absent.find(({ startMs }) => startMs === DAY);
  assert.deepEqual([lost?.kind, lost?.stopMs], ["missing", DAY + DAY_MS]);
});

Deno.test("a forbidden key is a gap where another in the range can be read", async () => {
  const there = { "s3://b/20210109.wav": forbidden, "s3://b/20210110.wav": forbidden };
  const readable = opener({ ...there, "s3://b/20210115.wav": 86_400 });
  const wide = { startMs: DAY, stopMs: DAY + 7 * DAY_MS, open: readable.open };
  const { absent, entries } = await new ListedArchive(template, wide).day(DAY);
  assert.equal(entries.length, 0);
  assert.equal(absent.find(({ startMs }) => startMs === DAY)?.kind, "forbidden");
});

Deno.test("where nothing can be read, the run stops and says why", async () => {
  const none = new ListedArchive(template, { ...range, open: opener({}).open });
  await assert.rejects(none.day(DAY), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data");
    assert.match(
      error.message,
      /from s3:\/\/b\/\{YYYYMMDD\}\.wav as of the recordings.* none of the 2/,
    );
    return true;
  });
  const there = { "s3://b/20210110.wav": forbidden };
  const denied = new ListedArchive(template, { ...range, open: opener(there).open });
  await assert.rejects(denied.day(DAY), { kind: "denied" });
});

Deno.test("a list without a recording in the range says so", async () => {
  const list = namedList("/data", []);
  const archive = new ListedArchive(list, { ...range, open: opener({}).open });
  await assert.rejects(archive.day(DAY), /as no recording there starts in that time/);
});

Deno.test("a server that can't be reached ends the run, and is tried anew when asked again", async () => {
  const there: Record<string, number | Error> = {
    "s3://b/20210110.wav": new SourceFault("unreachable", "Cannot reach it."),
  };
  const { open } = opener(there);
  const archive = new ListedArchive(template, { ...range, open });
  await assert.rejects(archive.day(DAY), { kind: "retry" });
  there["s3://b/20210110.wav"] = 86_400;
  assert.equal((await archive.day(DAY)).entries.length, 1);
});

Deno.test("of a list of names, those within a span and the one before it are taken", () => {
  const at = (hours: number): ListedRecording => ({
    place: `${hours}.wav`,
    startMs: DAY + hours * 3_600_000,
    resolutionMs: 1000,
  });
  const list = namedList("/data", [at(5), at(1), at(3), at(9)]);
  const span = (from: number, to: number): string[] =>
    list.between(DAY + from * 3_600_000, DAY + to * 3_600_000).map(({ place }) => place);
  assert.deepEqual(span(2, 9), ["1.wav", "3.wav", "5.wav"]);
  assert.deepEqual(span(0, 1), []);
  assert.deepEqual(span(20, 30), ["9.wav"]);
});
