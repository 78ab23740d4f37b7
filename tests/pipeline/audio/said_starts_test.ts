import assert from "node:assert/strict";
import { ByteWindow } from "../../../pipeline/audio/byte_window.ts";
import {
  placeChunk,
  readSaidStarts,
  readSoundTrapLog,
  type SaidStart,
} from "../../../pipeline/audio/said_starts.ts";
import { contradictions } from "../../../pipeline/timeline/describe_recording.ts";
import { MemorySource } from "../places/memory_source.ts";
import { text, u16, u32 } from "./wav_bytes.ts";

async function saidBy(name: string, body: readonly number[]): Promise<SaidStart | undefined> {
  const source = new MemorySource(Uint8Array.from([0, 0, ...body, 0]), "a.wav");
  const window = new ByteWindow(source);
  const chunks = [
    await placeChunk(window, "junk", 0, 2),
    await placeChunk(window, name, 2, body.length),
  ];
  const { saidStarts, warnings } = await readSaidStarts(source, chunks);
  assert.ok(saidStarts.length <= 1 && warnings.length === 0);
  return saidStarts[0];
}

/** When a header says that a recording starts, as ISO 8601. */
function shown(said: SaidStart | undefined): string | undefined {
  if (said === undefined) return undefined;
  const { wallMs, offsetMs } = said;
  const iso = new Date(wallMs - (offsetMs ?? 0)).toISOString();
  return offsetMs === undefined ? `${iso.slice(0, -1)}?` : iso;
}

const comment = (words: string): number[] => {
  const bytes = text(words);
  return [...text("INFOICMT"), ...u32(bytes.length), ...bytes];
};
const bext = (stamp: string): number[] => [
  ...new Array<number>(320).fill(0),
  ...text(stamp),
  ...new Array<number>(264).fill(0),
];

Deno.test("the headers that recorders write tell when a recording starts", async () => {
  const cases: [string, readonly number[], string | undefined][] = [
    [
      "LIST",
      comment(
        "Recorded at 19:10:00 06/04/2018 (UTC) by AudioMoth 0FE081F80FE081F0 at gain setting 2",
      ),
      "2018-04-06T19:10:00.000Z",
    ],
    [
      "LIST",
      comment("Recorded at 00:00:00 11/05/2026 (UTC-7) by AudioMoth"),
      "2026-05-11T07:00:00.000Z",
    ],
    ["LIST", comment("Recorded at 09:30:00 01/01/2021 (UTC+5:30) by"), "2021-01-01T04:00:00.000Z"],
    [
      "LIST",
      comment("Recorded at 09:30:00.500 01/01/2021 (UTC) during"),
      "2021-01-01T09:30:00.000Z",
    ],
    ["LIST", comment("Recorded at 09:30:00 01/01/2021 by AudioMoth"), "2021-01-01T09:30:00.000?"],
    ["LIST", comment("Recorded at 09:30:00 31/02/2021 (UTC) by AudioMoth"), undefined],
    ["LIST", comment("Recorded by Ishmael"), undefined],
    [
      "guan",
      text("GUANO|Version: 1.0\nTimestamp: 2021-01-01T09:30:00-05:00\nMake: x"),
      "2021-01-01T14:30:00.000Z",
    ],
    ["guan", text("Timestamp:2021-06-21 20:57:06-03:00\n"), "2021-06-21T23:57:06.000Z"],
    ["guan", text("Timestamp: 2021-01-01T09:30:00.250Z"), "2021-01-01T09:30:00.250Z"],
    ["guan", text("Timestamp: 2021-01-01T09:30:00\nLoc Position: 1 2"), "2021-01-01T09:30:00.000?"],
    ["guan", text("Timestamp: yesterday"), undefined],
    ["bext", bext("2021-01-0109:30:00"), "2021-01-01T09:30:00.000?"],
    ["bext", bext("2021:01:0109-30-00"), "2021-01-01T09:30:00.000?"],
    ["bext", bext("0000-00-0000:00:00"), undefined],
    ["bext", text("short"), undefined],
    [
      "wamd",
      [...u16(1), ...u32(3), 1, 2, 3, ...u16(5), ...u32(25), ...text("2021-06-21 20:57:06-03:00")],
      "2021-06-21T23:57:06.000Z",
    ],
    ["wamd", [...u16(5), ...u32(0xffffffff)], undefined],
    [
      "VORBIS_COMMENT",
      [
        ...[...u32(4), ...text("prog"), ...u32(2), ...u32(48), ...text("x=".padEnd(48, "0"))],
        ...[...u32(39), ...text("RecordingStart=2019-10-26T00:00:00+1000")],
      ],
      "2019-10-25T14:00:00.000Z",
    ],
    ["VORBIS_COMMENT", [...u32(0), ...u32(0)], undefined],
    ["fmt ", text("Timestamp: 2021-01-01T09:30:00Z"), undefined],
  ];
  for (const [name, body, expected] of cases) {
    assert.equal(shown(await saidBy(name, body)), expected, `${name} ${expected}`);
  }
});

Deno.test("SoundTrap's log tells the start and the gaps", () => {
  const log = (attributes: string): string =>
    `<?xml version="1.0"?><ST><PROC_EVENT ID="2"><WavFileHandler ${attributes} /></PROC_EVENT></ST>`;
  const { said, gapsMs } = readSoundTrapLog(
    log(
      'SamplingStartTimeUTC="2021-01-01T09:30:00" />\n<WavFileHandler CumulativeSamplingGap="1234567 us"',
    ),
  );
  assert.equal(shown(said), "2021-01-01T09:30:00.000Z");
  assert.equal(gapsMs, 1234.567);
  assert.deepEqual(readSoundTrapLog(log('SampleCount="3"')), { gapsMs: 0 });
});

Deno.test("a header contradicts a start where no clock on earth makes them agree, and both are said", () => {
  const startMs = Date.UTC(2021, 0, 1, 9, 30);
  const said = (iso: string, offsetHours?: number): SaidStart => ({
    by: "its GUANO header",
    wallMs: Date.parse(`${iso}Z`),
    ...(offsetHours === undefined ? {} : { offsetMs: offsetHours * 3_600_000 }),
  });
  const notes = (one: SaidStart, isZoneAssumed?: true): string[] =>
    contradictions("A.wav", {
      startMs,
      resolutionMs: 1000,
      ...(isZoneAssumed && { isZoneAssumed }),
    }, [one]);
  // The same instant, or a second beside it.
  assert.deepEqual(notes(said("2021-01-01T09:30:00", 0)), []);
  assert.deepEqual(notes(said("2021-01-01T04:30:01", -5)), []);
  // Without a zone its hour may be that of any clock.
  assert.deepEqual(notes(said("2021-01-01T09:30:00")), []);
  assert.deepEqual(notes(said("2021-01-01T01:30:01")), []);
  assert.deepEqual(notes(said("2021-01-01T01:37:00")), [
    "A.wav was taken to start at 2021-01-01T09:30:00Z; its GUANO header says 2021-01-01T01:37:00 on " +
    "a clock without a zone.",
  ]);
  assert.equal(notes(said("2021-01-02T09:30:00")).length, 1);
  const local = "A.wav was taken to start at 2021-01-01T09:30:00Z; its GUANO header says " +
    "2021-01-01T14:30:00Z.";
  assert.deepEqual(notes(said("2021-01-01T09:30:00", -5)), [local]);
  assert.deepEqual(notes(said("2021-01-01T09:30:00", -5), true), [
    `${local} Say --timezone -05:00 if that is right.`,
  ]);
});
