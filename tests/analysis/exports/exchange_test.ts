import assert from "node:assert/strict";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { readAnnotations } from "../../../analysis/evaluation/mod.ts";
import { boutFields, checkPars, readBouts } from "../../../analysis/exports/mod.ts";
import { parseAudacityLabels } from "../../../analysis/tables/audacity_labels.ts";
import { readTable } from "../../../analysis/tables/read_table.ts";
import { recordingStart } from "../../../pipeline/timeline/mod.ts";
import { writeExchangeFiles } from "../../helpers/exchange_files.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";

const FOLDER = fixture("exchange");
const FILES = join(FOLDER, "files");

type Value = string | number | boolean | null;
/** What a program of others sees of a file: written by `tools/clients`. */
interface Seen {
  program: string;
  file: string;
  how: string;
  refused?: boolean;
  columns: Record<string, string>;
  rows: number;
  values: Value[][];
  sums?: Record<string, number>;
  empty?: Record<string, number>;
}

const goldens: Seen[] = (await Promise.all(
  ["python", "r"].map(async (name) =>
    JSON.parse(await Deno.readTextFile(join(FOLDER, `${name}.json`))) as Seen[]
  ),
)).flat();

Deno.test("what is written today is what other people's programs were tried on", () =>
  withFolder(async (folder) => {
    await writeExchangeFiles(folder);
    const names = (await filesBelow(folder)).filter((name) => !name.startsWith("scores/"));
    assert.deepEqual(names, await filesBelow(FILES));
    for (const name of names) {
      const [now, then] = await Promise.all(
        [folder, FILES].map((place) => Deno.readFile(join(place, name))),
      );
      if (name !== "scores.parquet") {
        assert.deepEqual(now, then, `${name}: run tools/clients again`);
        continue;
      }
      // It names the folder of its scores.
      const [one, other] = [now, then].map(({ buffer }) => {
        const { schema, row_groups } = parquetMetadata(buffer);
        return { schema, row_groups };
      });
      assert.deepEqual(one, other);
      assert.deepEqual(
        ...await Promise.all(
          [now, then].map(({ buffer: file }) => parquetReadObjects({ file })),
        ) as [unknown, unknown],
      );
    }
  }));

Deno.test("files of earlier versions are read as those of this one", async () => {
  const old = join(FOLDER, "old");
  for (const name of ["calls.csv", "calls.json", "calls.parquet", "calls.raven.txt"]) {
    assert.deepEqual(await readBouts(join(old, name)), await readBouts(join(FILES, name)), name);
  }
  const scoresIn = async (folder: string): Promise<unknown> =>
    await parquetReadObjects({
      file: (await Deno.readFile(join(folder, "scores.parquet"))).buffer,
    });
  assert.deepEqual(await scoresIn(old), await scoresIn(FILES));
  // Annotations: the one Raven table had no column of labels, and a label held its score.
  const marksIn = async (path: string): Promise<number[][]> =>
    readAnnotations(await Deno.readTextFile(path), path)
      .map(({ startMs, stopMs }) => [startMs, stopMs]);
  const raven = await marksIn(join(old, "calls.raven.txt"));
  assert.equal(raven.length, 5, "two bouts run through two recordings each");
  assert.deepEqual(raven, await marksIn(join(FILES, "calls.raven.txt")));
  for (const name of await filesBelow(join(old, "calls.audacity"))) {
    const path = join("calls.audacity", name);
    const isNew = await Deno.stat(join(FILES, path)).then(() => true, () => false);
    const marks = await marksIn(join(old, path));
    assert.deepEqual(marks, isNew ? await marksIn(join(FILES, path)) : []);
  }
});

Deno.test("times in Parquet are UTC by both of its types, packed as all readers read them", async () => {
  for (const name of ["calls.parquet", "scores.parquet"]) {
    const { schema, row_groups } = parquetMetadata((await Deno.readFile(join(FILES, name))).buffer);
    const times = schema.filter(({ converted_type }) => converted_type === "TIMESTAMP_MILLIS");
    assert.equal(times.length, name === "calls.parquet" ? 3 : 1);
    for (const { logical_type } of times) {
      assert.deepEqual(logical_type, { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" });
    }
    const encodings = row_groups.flatMap(({ columns }) =>
      columns.flatMap(({ meta_data }) => meta_data?.encodings ?? [])
    );
    assert.ok(!encodings.includes("DELTA_BINARY_PACKED"), "nanoparquet and fastparquet misread it");
  }
});

type Row = Record<string, Value>;
type Table = Pick<Seen, "columns" | "rows" | "values">;

/** A time in UTC to the millisecond. */
const iso = (text: string): string => new Date(text).toISOString();
const numberOf = (text: string): number | null => text === "" ? null : Number(text);

/** Rows of a table of ours, as this project reads it; its cells through a function each. */
async function rowsOf(
  file: string,
  cells: Record<string, (text: string) => Value>,
): Promise<Row[]> {
  const { rows } = readTable(await Deno.readTextFile(join(FILES, file)), file);
  return rows.map((row) =>
    Object.fromEntries(Object.entries(cells).map(([name, of]) => [name, of(row.cell(name))]))
  );
}

const text = (cell: string): string => cell;

/** Rows of Raven's tables, seconds in each recording. */
async function selections(file: string): Promise<Row[]> {
  const files = file.endsWith("/")
    ? (await filesBelow(join(FILES, file))).map((n) => file + n)
    : [file];
  const columns = { "Begin Time (s)": Number, "End Time (s)": Number, "File Offset (s)": Number };
  const others = { "Low Freq (Hz)": Number, "High Freq (Hz)": Number, "Delta Time (s)": Number };
  const rows = (await Promise.all(
    files.map((path) =>
      rowsOf(path, { ...columns, ...others, "Begin File": text, "Annotation": text })
    ),
  )).flat();
  return rows.map((row) => {
    const { startMs } = recordingStart(String(row["Begin File"]));
    const onset = Number(row[file.endsWith("/") ? "Begin Time (s)" : "File Offset (s)"]);
    const length = Number(row["End Time (s)"]) - Number(row["Begin Time (s)"]);
    assert.equal(row["Delta Time (s)"], Number(length.toFixed(6)));
    return {
      recording: String(row["Begin File"]).replace(".wav", ""),
      onset,
      offset: Number((onset + length).toFixed(6)),
      low: row["Low Freq (Hz)"],
      high: row["High Freq (Hz)"],
      label: row.Annotation,
      UTC: new Date(startMs + onset * 1000).toISOString(),
      Duration: row["Delta Time (s)"],
      f1: row["Low Freq (Hz)"],
      f2: row["High Freq (Hz)"],
      Label: row.Annotation,
    };
  });
}

async function labels(): Promise<Row[]> {
  const names = await filesBelow(join(FILES, "calls.audacity"));
  const found = await Promise.all(names.map(async (name) => {
    const labels = await Deno.readTextFile(join(FILES, "calls.audacity", name));
    return parseAudacityLabels(labels, name).map(({ fromSeconds, toSeconds, label }) => ({
      recording: name.replace(".txt", ""),
      onset: fromSeconds,
      offset: toSeconds,
      label,
    }));
  }));
  return found.flat();
}

/** Detections as PAMscapes names them. */
async function detections(file: string, detectionType: string): Promise<Row[]> {
  const cells = { start: iso, end: iso, species: text, Latitude: Number, Longitude: Number };
  const rows = await rowsOf(file, cells);
  return rows.map(({ start, ...row }) => ({ UTC: start, ...row, detectionType }));
}

/** Effort, and the time between as off effort. */
async function onAndOff(): Promise<Row[]> {
  const rows = await rowsOf("pamscapes/effort.csv", { start: iso, end: iso, species: text });
  return rows.flatMap((row, i): Row[] => {
    const on = { ...row, status: "on" };
    return i === 0 ? [on] : [{ ...row, start: rows[i - 1].end, end: row.start, status: "off" }, on];
  });
}

/** Hours of effort, and of those with bouts, by the hour of the day. */
async function hoursOfDay(): Promise<Row[]> {
  const present = (await detections("pamscapes/presence_hourly.csv", "")).map(({ UTC }) => UTC);
  const effort = (await onAndOff()).filter(({ status }) => status === "on");
  return effort.flatMap(({ start, end }) => {
    const [from, to] = [Date.parse(String(start)), Date.parse(String(end))];
    return Array.from({ length: (to - from) / 3_600_000 }, (_, i): Row => {
      const hour = new Date(from + i * 3_600_000);
      const heard = present.includes(hour.toISOString()) ? 1 : 0;
      return { PLOTBIN: hour.getUTCHours(), nDetections: heard, nEffort: 1, pctEffort: heard };
    });
  });
}

async function submission(): Promise<Row[]> {
  const [metadata, detectiondata] = await Promise.all(
    ["metadata", "detectiondata"].map((name) => Deno.readTextFile(join(FILES, `pars/${name}.csv`))),
  );
  const files = { "metadata.csv": metadata, "detectiondata.csv": detectiondata };
  const [{ monitoring_start_datetime: start, deployment_latitude: latitude }] = await rowsOf(
    "pars/metadata.csv",
    { monitoring_start_datetime: iso, deployment_latitude: Number },
  );
  const presence: Record<string, string> = { POSSIBLY_DETECTED: "m", NOT_DETECTED: "n" };
  return (await rowsOf("pars/detectiondata.csv", {
    detection_start_datetime: iso,
    detection_result_code: (code) => presence[code],
    analysis_sound_source_codes: text,
  })).map((row) => ({
    faults: checkPars(files).length,
    deployments: 1,
    latitude,
    start,
    species: row.analysis_sound_source_codes,
    day: String(row.detection_start_datetime).slice(0, 10),
    presence: row.detection_result_code,
  }));
}

const bouts = async (file: string): Promise<Row[]> =>
  (await readBouts(join(FILES, file))).map((bout) => ({ ...boutFields(bout) }));

/** What this project sees of each file. */
const OURS: Record<string, () => Promise<Row[]>> = {
  "calls.csv": () => bouts("calls.csv"),
  "calls.json": () => bouts("calls.json"),
  "calls.parquet": () => bouts("calls.parquet"),
  "calls.csv and calls.parquet": async () => [{
    joined: (await bouts("calls.csv")).length,
    "cast is the same": true,
  }],
  "presence.csv": () =>
    rowsOf("presence.csv", {
      start: iso,
      effort_s: numberOf,
      call_s: numberOf,
      proportion: numberOf,
      bouts: numberOf,
      scheduled_s: numberOf,
    }),
  "scores.parquet": async () => {
    const { buffer: file } = await Deno.readFile(join(FILES, "scores.parquet"));
    const rows = await parquetReadObjects({ file });
    return rows.map(({ time, score }) => ({ time: (time as Date).toISOString(), score }));
  },
  "calls.raven/": () => selections("calls.raven/"),
  "calls.raven.txt": () => selections("calls.raven.txt"),
  "calls.audacity/": labels,
  "calls.pamscapes.csv": () => detections("calls.pamscapes.csv", "detection"),
  "pamscapes/presence_hourly.csv": () => detections("pamscapes/presence_hourly.csv", "presence"),
  "pamscapes/effort.csv": onAndOff,
  "pamscapes/": hoursOfDay,
  "pars/": submission,
  "pars/detectiondata.csv": async () =>
    (await rowsOf("pars/detectiondata.csv", {
      detection_start_datetime: iso,
      detection_end_datetime: iso,
      detection_sound_source_code: text,
    })).map((row) => ({
      UTC: row.detection_start_datetime,
      end: row.detection_end_datetime,
      species: row.detection_sound_source_code,
      detectionType: "presence",
    })),
};

/** What this project sees of a file, in the form of the goldens. */
async function seen({ file, columns }: Seen): Promise<Table> {
  const rows = await OURS[file]();
  const names = Object.keys(columns);
  const kindOf = (name: string): string => {
    const value = rows.map((row) => row[name]).find((value) => value !== null);
    if (typeof value === "boolean") return "truth";
    if (typeof value === "number") return "number";
    return /^\d{4}-\d\d-\d\dT.*Z$/.test(String(value)) ? "time UTC" : "text";
  };
  const shown = rows.length > 100 ? [rows[0], rows[rows.length - 1]] : rows;
  const kinds = Object.fromEntries(names.map((name) => [name, kindOf(name)]));
  const total = (name: string): number => {
    const sum = rows.reduce((before, row) => before + Number(row[name] ?? 0), 0);
    return Number(sum.toFixed(6));
  };
  return {
    columns: kinds,
    rows: rows.length,
    values: shown.map((row) => names.map((name) => row[name])),
    ...(rows.length <= 100 ? {} : {
      sums: Object.fromEntries(
        names.filter((name) => kinds[name] === "number").map((name) => [name, total(name)]),
      ),
      empty: Object.fromEntries(
        names.map((name) => [name, rows.filter((row) => row[name] === null).length]),
      ),
    }),
  };
}

/** Where a program's own habits make a difference that is known; all else must be as we see it. */
const HABITS: Record<string, (ours: Table) => Partial<Table>> = {
  // It gives UTC without saying so.
  fastparquet: ({ columns }) => ({
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, kind]) => [name, kind.replace("UTC", "without a zone")]),
    ),
  }),
  // read.csv knows TRUE alone, and true for text.
  base: ({ columns, values }) => ({
    columns: { ...columns, at_gap: "text" },
    values: values.map((row) =>
      row.map((value) => typeof value === "boolean" ? `${value}` : value)
    ),
  }),
  // It takes off the first letter of each label, where Audacity once had a space.
  seewave: ({ values }) => ({
    values: values.map((row) => row.map((value) => value === "Mn" ? "n" : value)),
  }),
};

for (const golden of goldens) {
  const { program, file, how, refused } = golden;
  if (program === "LibreOffice") continue;
  Deno.test(`${program} sees in ${file} what this project sees: ${how}`, async () => {
    if (refused) {
      assert.deepEqual([program, file], ["fastparquet", "scores.parquet"], "and only it refuses");
      return;
    }
    const ours = await seen(golden);
    const { columns, rows, values, sums, empty } = golden;
    assert.deepEqual({ columns, rows, values, ...(sums ? { sums, empty } : {}) }, {
      ...ours,
      ...HABITS[program]?.(ours),
    });
  });
}

Deno.test("a German spreadsheet makes no other number of ours", () => {
  const opened = goldens.filter(({ program }) => program === "LibreOffice");
  assert.equal(opened.length, 6);
  for (let i = 0; i < opened.length; i += 2) {
    const [german, english] = opened.slice(i, i + 2);
    german.values.forEach((row, line) =>
      row.forEach((value, column) => {
        const right = english.values[line][column];
        if (typeof right !== "number") return;
        assert.equal(Number(value), right, `${german.file} ${line} ${column}`);
      })
    );
  }
});
