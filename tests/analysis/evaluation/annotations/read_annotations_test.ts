import assert from "node:assert/strict";
import {
  type Annotation,
  joinPieces,
  readAnnotations,
} from "../../../../analysis/evaluation/mod.ts";
import { TimeZone } from "../../../../core/mod.ts";

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

Deno.test("a bout that `calls` split at the end of a recording is one mark again", () => {
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

Deno.test("a mark that the end of a recording splits is one again, within a file and over several", () => {
  const audacity = (text: string, name: string): Annotation[] => readAnnotations(text, name);
  const [one, two, three] = [
    "M-20210101T000000Z.txt",
    "M-20210101T000100Z.txt",
    "M-20210101T000200Z.txt",
  ];
  const files = [
    audacity("10\t12\tsong\n50\t59.4\tsong\n", one),
    audacity("0\t60\tsong\n", two),
    audacity("0\t5\tsong\n0\t3\tship\n", three),
  ].flat();
  const spans = (marks: Annotation[]): (string | number)[][] =>
    marks.map((
      { startMs, stopMs, label },
    ) => [(startMs - ZERO) / 1000, (stopMs - ZERO) / 1000, label]);
  assert.deepEqual(spans(joinPieces(files)), [[10, 12, "song"], [50, 125, "song"], [
    120,
    123,
    "ship",
  ]]);
  assert.deepEqual(joinPieces(joinPieces(files)), joinPieces(files));
  const csv = "sound.files,start,end,label\nM-20210101T000100Z.wav,0,4,song\n" +
    "M-20210101T000000Z.wav,55,60,song\nM-20210101T000100Z.wav,4.5,6,song\n";
  assert.deepEqual(spansOf(csv, "a.csv"), [[55, 64], [64.5, 66]], "in any order");
  const apart = "file,start,end\nM-20210101T000000Z.wav,55,58\nM-20210101T000100Z.wav,0,4\n";
  assert.deepEqual(spansOf(apart, "a.csv"), [[55, 58], [60, 64]], "two seconds apart");
  const early = "file,start,end\nM-20210101T000000Z.wav,55,59.9\nM-20210101T000100Z.wav,0.2,4\n";
  assert.deepEqual(spansOf(early, "a.csv"), [[55, 59.9], [60.2, 64]], "two bouts near the border");
  const windows =
    "File,Start (s),End (s)\nM-20210101T000000Z.wav,54,57\nM-20210101T000000Z.wav,57,60\n" +
    "M-20210101T000100Z.wav,0,3\n";
  assert.deepEqual(spansOf(windows, "a.csv"), [[54, 57], [57, 60], [60, 63]]);
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

const [MON, TUE] = ["M-20210101T010000Z.wav", "M-20210101T020000Z.wav"];
/** Tables of two recordings, as programs write them; each says 5 to 6.5 s of one, 7 to 8 s of the other. */
const OTHERS: [program: string, text: string, labels: string[]][] = [
  [
    "warbleR, by R's write.csv",
    `"","sound.files","selec","start","end","label"\n"1","${MON}",1,5,6.5,"song"\n` +
    `"2","${TUE}",1,7,8,"song"\n`,
    ["song", "song"],
  ],
  [
    "warbleR, by R's write.table",
    `"sound.files"\t"selec"\t"start"\t"end"\n"${MON}"\t1\t5\t6.5\n"${TUE}"\t1\t7\t8\n`,
    ["", ""],
  ],
  [
    "warbleR, by R's write.csv2",
    `"sound.files";"selec";"start";"end"\n"${MON}";1;5;6,500\n"${TUE}";1;7;8\n`,
    ["", ""],
  ],
  [
    "crowsetta, generic-seq",
    "label,onset_s,offset_s,onset_sample,offset_sample,notated_path,annot_path,sequence,annotation\n" +
    `a,5,6.5,,,/x/${MON},/x/a.txt,0,0\nb,7,8,,,/x/${TUE},/x/b.txt,0,1\n`,
    ["a", "b"],
  ],
  [
    "opensoundscape",
    "audio_file,annotation_file,annotation,start_time,end_time,low_f,high_f\n" +
    `${MON},a.txt,hw,5,6.5,,\n${TUE},b.txt,hw,7,8,,\n`,
    ["hw", "hw"],
  ],
  [
    "BirdNET",
    "Start (s),End (s),Scientific name,Common name,Confidence,File\n" +
    `5,6.5,Megaptera novaeangliae,Humpback Whale,0.9,C:\\a\\${MON}\n` +
    `7,8,Eschrichtius robustus,Gray Whale,0.8,C:\\a\\${TUE}\n`,
    ["Humpback Whale", "Gray Whale"],
  ],
  [
    "BirdNET's Raven table",
    "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tCommon Name\t" +
    "Species Code\tConfidence\tBegin Path\tFile Offset (s)\n" +
    `1\tSpectrogram 1\t1\t5\t6.5\t0\t15000\tHumpback Whale\thumwha\t0.9\t/a/${MON}\t5\n` +
    `2\tSpectrogram 1\t1\t3607\t3608\t0\t15000\tHumpback Whale\thumwha\t0.9\t/a/${TUE}\t7\n`,
    ["Humpback Whale", "Humpback Whale"],
  ],
  [
    "Raven, saved as CSV by a spreadsheet",
    `Selection,Begin Time (s),End Time (s),Begin File,File Offset (s),Tags\n1,5,6.5,${MON},5,x\n` +
    `2,3607,3608,${TUE},7,y\n`,
    ["x", "y"],
  ],
  [
    "Raven, through R's names",
    `Selection,Begin.Time..s.,End.Time..s.,Begin.File,File.Offset..s.\n1,5,6.5,${MON},5\n` +
    `2,3607,3608,${TUE},7\n`,
    ["", ""],
  ],
  [
    "Kaleidoscope",
    `INDIR,FOLDER,IN FILE,OFFSET,DURATION,MANUAL ID\n/a,,${MON},5,1.5,HW\n/a,,${TUE},7,1,HW\n`,
    ["HW", "HW"],
  ],
  [
    "Ketos",
    `filename,start,end,label,annot_id\n${MON},5,6.5,1,0\n${TUE},7,8,0,0\n`,
    ["1", "0"],
  ],
  [
    "DCASE, with a header",
    `filename\tonset\toffset\tevent_label\n${MON}\t5\t6.5\tsong\n${TUE}\t7\t8\tsong\n`,
    ["song", "song"],
  ],
  ["sed_eval", `${MON}\t5\t6.5\tsong\r\n${TUE}\t7\t8\tsong\r\n`, ["song", "song"]],
  [
    "DCASE's few shots",
    `Audiofilename,Starttime,Endtime,Q\n${MON},5,6.5,POS\n${TUE},7,8,UNK\n`,
    ["POS", "UNK"],
  ],
];
for (const [program, text, labels] of OTHERS) {
  Deno.test(`each row of a table counts from its own recording: ${program}`, () => {
    assert.deepEqual(spansOf(text, "table.csv"), [[3605, 3606.5], [7207, 7208]]);
    assert.deepEqual(readAnnotations(text, "table.csv").map(({ label }) => label), labels);
  });
}

Deno.test("a table that may name recordings in a column that is not known is refused", () => {
  const table = (columns: string, ...cells: string[]): string =>
    `${columns},start,end\n${cells.join(",")},1,2\n`;
  const name = "M-20210101T000000Z.csv";
  rejects(
    table("clip", "/a/b.FLAC"),
    name,
    /its column "clip" holds names of recordings .*"file"/,
  );
  const stems = [
    "SITE_20210101_010000",
    "20210101-010000",
    "M-20210101T010000Z",
    "6871.210101093000",
  ];
  for (const stem of stems) rejects(table("id", stem), name, /its column "id" holds names of rec/);
  const numbers = "x,start,end\n0.210101093000,1,2\n0.123456789012,1,2\n";
  assert.deepEqual(spansOf(numbers, name), [[1, 2], [1, 2]], "numbers are none");
  assert.deepEqual(
    spansOf(table("made", "2021-01-01T01:00:00Z"), name),
    [[1, 2]],
    "a time is none",
  );
  assert.deepEqual(spansOf(table("from", "S_20210101_010000.txt"), name), [[1, 2]], "nor a table");
  rejects(
    table("file,clip", MON, "b.wav"),
    name,
    /line 2 as its columns "file" and "clip" name different recordings, "M-2.*" and "b\.wav": keep/,
  );
  rejects(table("file,recording", MON, TUE), name, /"file" and "recording" name different/);
  assert.deepEqual(spansOf(table("file,clip", MON, `/x/${MON}`), name), [[3601, 3602]]);
  const times = "clip,start,end\nb.wav,2021-01-01T00:00:01Z,2021-01-01T00:00:02Z\n";
  assert.deepEqual(spansOf(times, "a.csv"), [[1, 2]], "times of their own need no recording");
  const raven = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin File\tEnd File\tSource\n" +
    `1\t1\t2\t${MON}\t${TUE}\told.wav\n`;
  assert.deepEqual(spansOf(raven, "a.txt"), [[3601, 3602]], "Raven's own column counts");
});

Deno.test("a row for every window and a column a class is no table of bouts", () => {
  const scores = `file,start_time,end_time,humpback,ship\n${MON},0,3,0.91,-1.5e-3\n`;
  rejects(
    scores,
    "a.csv",
    /a\.csv as it has a row for every window .*\("humpback"\).* --label true/,
  );
  const truth = `file,start_time,end_time,humpback\n${MON},0,3,True\n${MON},3,6,False\n`;
  rejects(truth, "a.csv", /every row would be a bout/);
  const labels = readAnnotations(truth, "a.csv", { labelColumn: "humpback" });
  assert.deepEqual(labels.map(({ label }) => label), ["True", "False"]);
  const bouts = `file,start_time,end_time,score\n${MON},0,3,0.9\n`;
  assert.equal(readAnnotations(bouts, "a.csv")[0].score, 0.9);
});

Deno.test("a comma is the decimal mark where it can be nothing else", () => {
  const name = "M-20210101T000000Z.txt";
  assert.deepEqual(spansOf("1,500000\t2,250000\tsong\n", name), [[1.5, 2.25]]);
  const raven = "Selection\tBegin Time (s)\tEnd Time (s)\n1\t60,25\t61,5\n";
  assert.deepEqual(spansOf(raven, name), [[60.25, 61.5]]);
  rejects("1,500\t2,250\tsong\n", name, /line 1 as a label .* found "1,500⇥2,250⇥song"/);
  rejects(`file;start;end\n${MON};1.000,5;2\n`, "a.csv", /"start" is .* found "1\.000,5"/);
});

Deno.test("Raven's rows that end before the header does are read, longer ones are not", () => {
  const header = "Selection\tView\tBegin Time (s)\tEnd Time (s)\tAnnotation\tNotes\n";
  const name = "M-20210101T000000Z.txt";
  const rows =
    "1\tSpectrogram 1\t1.5\t2.5\n2\tSpectrogram 1\t3\t4\tsong\n3\tS\t5\t6\tsong\tx\t\t\n";
  assert.deepEqual(spansOf(header + rows, name), [[1.5, 2.5], [3, 4], [5, 6]]);
  assert.deepEqual(readAnnotations(header + rows, name).map(({ label }) => label), [
    ...["", "song", "song"],
  ]);
  rejects(`${header}1\tS\t1.5\n`, name, /line 2 as "End Time \(s\)" is a number from 0: found ""/);
  rejects(`${header}1\tS\t1\t2\ta\tb\tc\n`, name, /line 2 as a row has as many cells/);
});

Deno.test("APLOSE's times count, not its seconds, and labels of whole files are known as such", () => {
  const header = "dataset,filename,start_time,end_time,start_frequency,end_frequency,annotation," +
    "annotator,start_datetime,end_datetime,is_box\n";
  const row = (from: string, to: string, box: number): string =>
    `sea,2021_01_01.wav,${box ? "1.0,2.0" : "0.0,60.0"},0,900,Mn,me,` +
    `2021-01-01T02:00:${from}.500+02:00,2021-01-01T02:00:${to}.000+02:00,${box}\n`;
  const read = readAnnotations(header + row("00", "59", 0) + row("01", "03", 1), "results.csv");
  assert.deepEqual(read.map(({ startMs, isWholeFile }) => [startMs - ZERO, isWholeFile]), [
    [500, true],
    [1500, undefined],
  ]);
  assert.deepEqual(read.map(({ label }) => label), ["Mn", "Mn"]);
  const [alone] = readAnnotations(header + row("00", "59", 0), "results.csv");
  assert.equal(alone.isWholeFile, undefined);
});

Deno.test("times without a zone are of the zone given", () => {
  const text = "start,end\n2020-12-31 16:00:01,2020-12-31 16:00:02\n";
  const timeZone = new TimeZone("America/Los_Angeles");
  assert.deepEqual(spansOf(text, "a.csv", { timeZone }), [[1, 2]]);
});

Deno.test("the bouts that `calls` writes come back with their peak score", () => {
  const text = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap\n" +
    "2021-01-01T00:00:01.456Z,2021-01-01T00:00:09.456Z,8,7,0.91,0.8,2021-01-01T00:00:02.456Z,false\n";
  const [bout] = readAnnotations(text, "calls.csv");
  assert.deepEqual([bout.startMs - ZERO, bout.stopMs - ZERO, bout.score], [1456, 9456, 0.91]);
});

Deno.test("what can't be read is said with file and line", () => {
  rejects("a,b\n1,2\n", "a.csv", /a\.csv as it is no table of bouts .* found "a,b"/);
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

for (const seconds of ["1e308", "1e15", "1e12", "9e307"]) {
  Deno.test(`seconds that lead beyond all years are refused with their line: ${seconds}`, () => {
    const years = /line 2 as a time has a year of four digits/;
    rejects(`start,end\n1,${seconds}\n`, "M-20210101T000000Z.csv", years);
    rejects(`start,end\n${seconds},${seconds}\n`, "M-20210101T000000Z.csv", years);
    rejects(`1\t2\tsong\n3\t${seconds}\tsong\n`, "M-20210101T000000Z.txt", years);
    const row = `1\tS\t1\t20\t${seconds}\t100\t900\tM-20210101T000000Z.wav\t${seconds}\t\n`;
    rejects(RAVEN + row, "a.txt", years);
  });
}

Deno.test("words such as Infinity are no seconds", () => {
  for (const word of ["Infinity", "inf", "NaN", "1e309", "0x10"]) {
    rejects(`start,end\n1,${word}\n`, "M-20210101T000000Z.csv", /line 2 as "end" is a time like/);
  }
});
