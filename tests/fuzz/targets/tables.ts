import assert from "node:assert/strict";
import { readAnnotations, readCoverage } from "../../../analysis/evaluation/mod.ts";
import { parseJsonBouts, parseTableBouts } from "../../../analysis/exports/read_bouts.ts";
import { parseParquetBouts } from "../../../analysis/exports/read_parquet_bouts.ts";
import { formatPlan, parsePlan } from "../../../batch/plan.ts";
import { parseSacct, parseScontrol } from "../../../batch/slurm/slurm_tools.ts";
import type { Bout } from "../../../pipeline/bouts/mod.ts";
import { recordingStart } from "../../../pipeline/timeline/mod.ts";
import { readSites } from "../../../pipeline/timeline/sites.ts";
import { somePlan } from "../../batch/some_plan.ts";
import { damageBytes } from "../../helpers/damage_bytes.ts";
import { parquetOfBouts } from "../../helpers/parquet_of_bouts.ts";
import { bytesOf, damageAsText, type FuzzTarget, orRefused, textOf } from "../target.ts";

const RECORDING = "SITE-20210101T010000Z";
const [FIRST_MS, LAST_MS] = [Date.parse("0000-01-01"), Date.parse("9999-12-31T23:59:59.999Z")];

function assertSpan({ startMs, stopMs }: { startMs: number; stopMs: number }): void {
  assert.ok(Number.isSafeInteger(startMs) && Number.isSafeInteger(stopMs), `${startMs} ${stopMs}`);
  assert.ok(startMs >= FIRST_MS && stopMs <= LAST_MS && stopMs > startMs, `${startMs} ${stopMs}`);
}

function assertBouts(bouts: readonly Bout[]): void {
  for (const bout of bouts) {
    assertSpan(bout);
    for (const score of [bout.peakScore, bout.meanScore]) assert.ok(score >= 0 && score <= 1);
  }
}

const RAVEN_HEADER = "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\t" +
  "High Freq (Hz)\tBegin File\tFile Offset (s)\tAnnotation\n";
const RAVEN_ROW = `1\tSpectrogram 1\t1\t10\t15.5\t100\t900\t${RECORDING}.wav\t10\tsong\n`;
const CALL_HEADER = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap\n";
const CALL_ROW = "2021-01-01T00:00:01.456Z,2021-01-01T00:00:06.456Z,5,5,0.9,0.8," +
  "2021-01-01T00:00:03.956Z,false\n";

/** Marks of people: Raven, Audacity, CSV. */
export const annotations: FuzzTarget = {
  wholes: [
    RAVEN_HEADER + RAVEN_ROW + RAVEN_ROW.replace("1\tS", "2\tS"),
    "1.5\t4\tsong\n\\\t100\t900\n5\t5\tsong?\n",
    "start,end,label,score\n2021-01-01T01:00:00Z,2021-01-01T01:00:05.5Z,song,0.5\n",
    `file,onset_s,offset_s,label\n${RECORDING}.wav,1,2,"a ""song"", or two"\n`,
  ].map(bytesOf),
  damage: damageAsText,
  read: orRefused(
    (bytes) => readAnnotations(textOf(bytes), `${RECORDING}.txt`),
    (marks) => marks.forEach(assertSpan),
  ),
};

/** Names of recordings, which say when they start. */
export const names: FuzzTarget = {
  wholes: [
    ...["SITE_20210101_093000.wav", "SITE-20210101T093000.250Z.flac", "5093.210101093000.wav"],
    ...["MARS-20210101T000000Z-16kHz.wav", "20210101T093000+0200_REC.wav"],
  ].map(bytesOf),
  damage: damageAsText,
  read: orRefused((bytes) => recordingStart(textOf(bytes), {}), ({ startMs }) => {
    assert.ok(Number.isSafeInteger(startMs) && startMs >= FIRST_MS && startMs <= LAST_MS);
  }),
};

/** Which time a person listened to. */
export const coverage: FuzzTarget = {
  wholes: [
    "start,end\n2021-01-01T00:01:00Z,2021-01-01T00:02:00Z\n",
    `file,duration_s\n${RECORDING}.wav,599.5\n`,
    `file,start,end\n${RECORDING}.wav,30,90\n`,
  ].map(bytesOf),
  damage: damageAsText,
  read: orRefused(
    (bytes) => readCoverage(textOf(bytes), `${RECORDING}.csv`),
    (spans) => spans.forEach(assertSpan),
  ),
};

/** Bouts that are read back: CSV and JSON. */
export const bouts: FuzzTarget = {
  wholes: [
    CALL_HEADER + CALL_ROW,
    JSON.stringify({
      calls: [{
        ...{ start: "2021-01-01T00:00:01Z", end: "2021-01-01T00:00:06Z", positive_s: 5 },
        ...{ peak_score: 0.9, mean_score: 0.8, peak_time: "2021-01-01T00:00:03Z", at_gap: true },
      }],
    }),
  ].map(bytesOf),
  damage: damageAsText,
  read: orRefused((bytes) => {
    const text = textOf(bytes);
    return /^\s*[{[]/.test(text) ? parseJsonBouts(text, "a.json") : parseTableBouts(text, "a.csv");
  }, assertBouts),
};

/** Bouts that are read back from Parquet. */
export const parquet: FuzzTarget = {
  wholes: [1, 2, 30].map((rows) => parquetOfBouts(rows)),
  damage: (whole, random) => damageBytes(whole, random),
  read: orRefused((bytes) => parseParquetBouts(bytes, "a.parquet"), (bouts, bytes) => {
    assert.ok(bouts.length <= bytes.length, `${bouts.length} bouts of ${bytes.length} bytes`);
    assertBouts(bouts);
  }),
};

/** Sites of the user's own. */
export const sites: FuzzTarget = {
  wholes: [bytesOf(JSON.stringify(
    [{
      ...{ name: "pier", title: "Our pier", source: "/data/pier/{YYYYMMDD}.wav", depthM: 8 },
      ...{ latitude: 36.6, longitude: -121.9, timeZone: "America/Los_Angeles" },
    }],
    undefined,
    1,
  ))],
  damage: damageAsText,
  read: orRefused((bytes) => readSites(textOf(bytes), "sites.json"), (sites) => {
    for (const { latitude, longitude } of sites) {
      assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
    }
  }),
};

/** Plans of runs. */
export const plan: FuzzTarget = {
  wholes: [bytesOf(formatPlan(somePlan()))],
  damage: damageAsText,
  read: orRefused((bytes) => parsePlan(textOf(bytes), "plan.json"), (plan) => {
    assert.deepEqual(parsePlan(formatPlan(plan), "plan.json"), plan);
  }),
};

/** What Slurm's tools print: whatever it is, what can be told of it is told. */
export const slurm: FuzzTarget = {
  wholes: [
    "12_0|COMPLETED|0:0|2021-01-01T00:00:00|2021-01-01T01:00:00\n" +
    "12_[1-3,5]|PENDING|0:0|Unknown|Unknown\n12_7|CANCELLED by 0|0:15|None|2021-01-01T01:00:00\n",
    "JobId=13 ArrayJobId=12 ArrayTaskId=0 JobName=a JobState=RUNNING Reason=None " +
    "ExitCode=0:0 StartTime=2021-01-01T00:00:00 EndTime=Unknown\n" +
    "JobId=12 ArrayTaskId=1-9%4 JobState=PENDING Reason=Priority ExitCode=0:0\n",
  ].map(bytesOf),
  damage: damageAsText,
  read: orRefused((bytes) => {
    const text = textOf(bytes);
    return [...parseSacct(text), ...parseScontrol(text)];
  }, (tasks) => {
    for (const { task, state } of tasks) {
      assert.ok(Number.isSafeInteger(task) && task >= 0, `${task}`);
      assert.ok(["waiting", "running", "succeeded", "failed"].includes(state), state);
    }
  }),
};
