import assert from "node:assert/strict";
import { readAnnotations } from "../../../../analysis/evaluation/mod.ts";
import { TimeZone } from "../../../../pipeline/recording/mod.ts";

const ZERO = Date.UTC(2021, 0, 1);
const spansOf = (text: string, name: string, options = {}): number[][] =>
  readAnnotations(text, name, options)
    .map(({ startMs, stopMs }) => [(startMs - ZERO) / 1000, (stopMs - ZERO) / 1000]);
const rejects = (text: string, name: string, message: RegExp): void => {
  assert.throws(() => readAnnotations(text, name), { name: "MegapteraError", message });
};

const RAVEN = "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\t" +
  "High Freq (Hz)\tBegin File\tFile Offset (s)\tAnnotation\n";

Deno.test("a Raven table over a list of files takes the offset within the file, not Begin Time", () => {
  const rows = [
    "1\tSpectrogram 1\t1\t3610\t3615.5\t100\t900\tM-20210101T020000Z.wav\t10\tsong",
    "2\tSpectrogram 1\t1\t20\t25\t100\t900\tM-20210101T000000Z.wav\t20\tsong?",
  ].join("\r\n");
  assert.deepEqual(spansOf(RAVEN + rows, "list.txt"), [[7210, 7215.5], [20, 25]]);
  const [first] = readAnnotations(RAVEN + rows, "list.txt");
  assert.equal(first.label, "song");
  assert.equal(first.line, 2);
});

Deno.test("a Raven selection that is there for each view counts once", () => {
  const row = (view: string): string =>
    `7\t${view}\t1\t20\t25\t100\t900\tM-20210101T000000Z.wav\t20\tsong\n`;
  assert.equal(spansOf(RAVEN + row("Waveform 1") + row("Spectrogram 1"), "a.txt").length, 1);
});

Deno.test("a call that `calls` split at the end of a recording is one mark again", () => {
  const header = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin File\tFile Offset (s)\tCall\t" +
    "Call Start\n";
  const row = (...cells: (string | number)[]): string => cells.join("\t") + "\n";
  const [one, two] = ["M-20210101T000000Z.wav", "M-20210101T000100Z.wav"];
  const first = row(1, 50, 60.4, one, 50, 7, "2021-01-01T00:00:50.000Z");
  const rest = row(2, 60.4, 65, two, 0, 7, "2021-01-01T00:00:50.000Z");
  const next = row(3, 65, 70, two, 5, 8, "2021-01-01T00:01:05.000Z");
  const added = row(4, 70, 71, two, 10, "", "") + row(5, 71, 72, two, 11, "", "");
  assert.deepEqual(spansOf(header + first + rest + next + added, "a.txt"), [
    [50, 64.6],
    [65, 70],
    [70, 71],
    [71, 72],
  ]);
  const moved = row(2, 70.4, 75, two, 10, 7, "2021-01-01T00:00:50.000Z");
  assert.deepEqual(spansOf(header + first + moved, "a.txt"), [[50, 60.4], [70, 74.6]]);
});

Deno.test("without offsets, Raven's samples tell the time where the rate is there", () => {
  const header = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin Path\tBeg File Samp (samples)\t" +
    "Sample Rate (Hz)\n";
  const row = "1\t7201\t7203\tC:\\audio\\M-20210101T010000Z.wav\t16000\t16000\n";
  assert.deepEqual(spansOf(header + row, "a.txt"), [[3601, 3603]]);
});

Deno.test("Begin Time alone is taken for one file and refused for several", () => {
  const header = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin File\n";
  const one = "1\t60\t61\tM-20210101T010000Z.wav\n";
  assert.deepEqual(spansOf(header + one, "a.txt"), [[3660, 3661]]);
  const two = `${header}${one}2\t3700\t3701\tM-20210101T020000Z.wav\n`;
  rejects(two, "a.txt", /a\.txt start as it names 2 recordings .* "File Offset \(s\)"/);
});

Deno.test("a Raven table that names no file takes its own name, or the start that was given", () => {
  const text = "Selection\tBegin Time (s)\tEnd Time (s)\n1\t60\t61\n";
  assert.deepEqual(spansOf(text, "x/M-20210101T010000Z.Table.1.selections.txt"), [[3660, 3661]]);
  const recordingStart = "2021-01-01T00:01:00Z";
  assert.deepEqual(spansOf(text, "mine.txt", { recordingStart }), [[120, 121]]);
  rejects(text, "mine.txt", /when mine\.txt starts .* --recording-start/);
});

Deno.test("Audacity labels count from the recording's start; lines of frequencies are passed over", () => {
  const text = "1.500000\t2.500000\tsong\n\\\t100.0\t900.0\n70\t70\t\n";
  assert.deepEqual(spansOf(text, "M-20210101T000000Z.txt"), [[1.5, 2.5], [70, 70.001]]);
  assert.deepEqual(spansOf("", "M-20210101T000000Z.txt"), []);
  rejects("1\t2\tsong\n3\tnext", "M-20210101T000000Z.txt", /line 2 .* found "3\tnext"|line 2/);
});

Deno.test("a CSV has times, or seconds into the file that each row names", () => {
  const text = 'label,start,end,file\n"song, clear",2021-01-01T00:00:05.25+00:00,' +
    "2021-01-01T01:00:06+01:00,\nsong,5,6.5,M-20210101T010000Z.wav\n";
  assert.deepEqual(spansOf(text, "a.csv"), [[5.25, 6], [3605, 3606.5]]);
  assert.equal(readAnnotations(text, "a.csv")[0].label, "song, clear");
});

Deno.test("times without a zone are of the zone given", () => {
  const text = "start,end\n2020-12-31 16:00:01,2020-12-31 16:00:02\n";
  const timeZone = new TimeZone("America/Los_Angeles");
  assert.deepEqual(spansOf(text, "a.csv", { timeZone }), [[1, 2]]);
});

Deno.test("the calls that `calls` writes come back with their peak score", () => {
  const text = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap\n" +
    "2021-01-01T00:00:01.456Z,2021-01-01T00:00:09.456Z,8,7,0.91,0.8,2021-01-01T00:00:02.456Z,false\n";
  const [call] = readAnnotations(text, "calls.csv");
  assert.deepEqual([call.startMs - ZERO, call.stopMs - ZERO, call.score], [1456, 9456, 0.91]);
});

Deno.test("what can't be read is said with file and line", () => {
  rejects("a,b\n1,2\n", "a.csv", /a\.csv as it is no table of calls .* found "a,b"/);
  rejects("start,end\n2021-01-01T00:00:00Z,soon\n", "a.csv", /line 2 .*"end" is .* found "soon"/);
  rejects("start,end\n2021-01-01T00:00:02Z,2021-01-01T00:00:01Z\n", "a.csv", /it stops 1\.000 s/);
  rejects("start,end\n1,2,3\n", "a.csv", /line 2 as a row has as many cells as the header, 2/);
  rejects('start,end\n"1,2\n', "a.csv", /quotes do not match/);
  rejects("start,end\n1,2e999\n", "M-20210101T000000Z.csv", /line 2 .*"end" is .* found "2e999"/);
  rejects("start,end,start\n", "a.csv", /"start" comes twice/);
  assert.throws(
    () => readAnnotations("start,end\n", "a.csv", { labelColumn: "Kind" }),
    /column "Kind" of a\.csv as it has none/,
  );
  const several = "file,start,end\nM-20210101T010000Z.wav,1,2\nM-20210101T020000Z.wav,1,2\n";
  assert.throws(
    () => readAnnotations(several, "a.csv", { recordingStart: "2021-01-01T00:00:00Z" }),
    /it is the start of one recording: the table names/,
  );
});
