import assert from "node:assert/strict";
import { join } from "node:path";
import { parseManifest } from "../../pipeline/scores/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { harp, harpBytes } from "../pipeline/audio/harp_bytes.ts";
import { type Chunk, fmt, riff, text, u32 } from "../pipeline/audio/wav_bytes.ts";

/** Writes noise of 16 kHz, 16 bits. */
async function write(path: string, seconds: number, chunks: readonly Chunk[] = []): Promise<void> {
  const samples = Int16Array.from(noise(16_000 * seconds), (value) => value * 32768);
  const data = { name: "data", body: new Uint8Array(samples.buffer) };
  await Deno.writeFile(path, riff([fmt(), ...chunks, data]));
}

Deno.test("inspect says when each recording starts, of which names it can't tell, and why", () =>
  withFolder(async (folder) => {
    const starts: Record<string, string> = {
      "A_20210101_093000_PDT.wav": "2021-01-01T16:30:00Z",
      "B_EST_20210102_093000.wav": "2021-01-02T14:30:00Z",
      "C_UTCm5_CH6_20210103_093000.wav": "2021-01-03T14:30:00Z",
      "D_20210104_093000_-0100.wav": "2021-01-04T10:30:00Z",
      "E_2021_01_05_09_30_00_000000+0200.wav": "2021-01-05T07:30:00Z",
      "F_20210106_093000 PM UTC-8.wav": "2021-01-07T05:30:00Z",
      "G_210108_093000.wav": "2021-01-08T09:30:00Z",
      "H-20210109093000.wav": "2021-01-09T09:30:00Z",
      "I_2021010T093000.wav": "2021-01-10T09:30:00Z",
      "J_20210111_093000-0015.wav": "2021-01-11T09:30:00Z",
    };
    const faults: Record<string, RegExp> = {
      "K_20210101_093000_AST.wav": /as AST in its name can be -04:00 or \+03:00: write the zone/,
      "L_20210101T093000+1500.wav": /as "\+1500" is no offset that clocks on earth have: rename it/,
      "M_12-11-2020_10-11-12.wav": /can be 2020-11-12T10:11:12Z or 2020-12-11T10:11:12Z: rename it/,
      "N_19700101_000005.wav": /1970-01-01T00:00:05Z, before there were such recorders: /,
      "O_20210101_093000_20210101_094000.wav": /two times, 20210101_093000 and 20210101_094000: /,
      "20210101_093000T.WAV": /as AudioMoth left out of it what was quiet .*: expand it with/,
      "P_nothing.wav": /holds no date and time that can be read: .* --name-format '%Y%m%d_%H%M%S'/,
    };
    const names = [...Object.keys(starts), ...Object.keys(faults)];
    for (const name of names) await write(join(folder, name), 1);
    const { code, out } = await runHere(["inspect", folder], folder);
    assert.equal(code, 65, out);
    const lines = out.split("\n");
    for (const [name, start] of Object.entries(starts)) {
      const line = lines.find((one) => one.endsWith(join(folder, name)));
      assert.ok(line?.startsWith(`${start} `), `${name}: ${line}`);
    }
    for (const [name, fault] of Object.entries(faults)) {
      const line = lines.find((one) => one.startsWith("Can't be scored: ") && one.includes(name));
      assert.match(line ?? "", fault, name);
    }
    assert.match(out, /^4 names give no time zone; taken as UTC: say --timezone\.$/m);
  }));

Deno.test("what a header or a log says against a name is said with both, by inspect and in manifests", () =>
  withFolder(async (folder) => {
    const words = text("Recorded at 09:30:00 01/01/2021 (UTC-5) by AudioMoth 0FE081F8");
    const comment = [...text("INFOICMT"), ...u32(words.length), ...words];
    await write(join(folder, "20210101_093000.WAV"), 5, [{ name: "LIST", body: comment }]);
    const guano = text("GUANO|Version: 1.0\nTimestamp: 2021-01-01T09:45:00Z\n");
    await write(join(folder, "SITE_20210101_094000Z.wav"), 5, [{ name: "guan", body: guano }]);
    await write(join(folder, "6871.210101095000.wav"), 5);
    const log =
      '<ST><PROC_EVENT ID="2"><WavFileHandler SamplingStartTimeUTC="2021-01-01T17:50:00" />' +
      '<WavFileHandler CumulativeSamplingGap="2500000 us" /></PROC_EVENT></ST>';
    await Deno.writeTextFile(join(folder, "6871.210101095000.log.xml"), log);
    const notes = [
      "20210101_093000.WAV was taken to start at 2021-01-01T09:30:00Z; AudioMoth's comment in its " +
      "header says 2021-01-01T14:30:00Z. Say --timezone -05:00 if that is right.",
      "SITE_20210101_094000Z.wav was taken to start at 2021-01-01T09:40:00Z; its GUANO header says " +
      "2021-01-01T09:45:00Z.",
      "6871.210101095000.wav was taken to start at 2021-01-01T09:50:00Z; its log.xml says " +
      "2021-01-01T17:50:00Z.",
      "SoundTrap's log of 6871.210101095000.wav tells of gaps in it of 2.500 s in all: audio after a gap may be " +
      "up to that much later than it is placed.",
    ];
    const inspected = await runHere(["inspect", folder], folder);
    assert.equal(inspected.code, 0, inspected.err);
    for (const note of notes) assert.ok(inspected.out.includes(`    ${note}\n`), note);
    const out = join(folder, "out");
    await runHere(["score", folder, "--model", "demo", "--out", out], folder);
    const path = join(out, "2021/01/20210101_09.json");
    const manifest = parseManifest(await Deno.readTextFile(path), path);
    for (const note of notes) assert.ok(manifest.notes.includes(note), note);
  }));

Deno.test("score says once how many names give no zone, and manifests and readers of scores say it", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await Deno.mkdir(audio);
    await write(join(audio, "A_20210101_015950.wav"), 20);
    await write(join(audio, "B_20210101_020030.wav"), 20);
    await write(join(audio, "C_20210101_020100Z.wav"), 20);
    const out = join(folder, "out");
    const score = (...args: string[]) =>
      runHere(["score", audio, "--model", "demo", "--out", out, ...args], folder);
    const scored = await score();
    const sentence = "2 names give no time zone; taken as UTC: say --timezone.";
    assert.equal(scored.code, 3, scored.err);
    assert.equal(scored.err.split(sentence).length, 2, scored.err);
    const path = join(out, "2021/01/20210101_02.json");
    const { files, notes } = parseManifest(await Deno.readTextFile(path), path);
    assert.deepEqual(files.map(({ zoneAssumed }) => zoneAssumed), [true, true, undefined]);
    assert.equal(notes[0], sentence);
    const bouts = await runHere(["calls", out, "--out", join(folder, "calls.csv")], folder);
    assert.equal(bouts.err.split(sentence).length, 2, bouts.err);
    const told = await score("--timezone", "UTC");
    assert.match(told.out, /0 hours scored, 2 done before/);
    assert.doesNotMatch(told.err, /no time zone/);
    const csv = join(folder, "marks.csv");
    await Deno.writeTextFile(csv, "file,start,end\nA_20210101_015950.wav,1,2\n");
    const coverage = "2021-01-01T01:59:50Z/2021-01-01T02:02:00Z";
    const evaluated = await runHere(["evaluate", csv, csv, "--coverage", coverage], folder);
    assert.equal(evaluated.code, 0, evaluated.err);
    assert.match(evaluated.err, /1 name gives no time zone; taken as UTC: say --timezone\./);
  }));

Deno.test("options that can't be used for a start are refused, not ignored", () =>
  withFolder(async (folder) => {
    const wav = join(folder, "SITE_20210101_093000.wav");
    await write(wav, 1);
    const table = harp([{
      startMs: Date.UTC(2021, 0, 1),
      offset: 36 + harpBytes(1) + 8,
      bytes: 32_000,
    }]);
    const harpFile = join(folder, "SOCAL_210101_000000.x.wav");
    await write(harpFile, 1, [table]);
    const score = ["score", "--model", "demo", "--out", join(folder, "out")];
    const faults: [string[], RegExp][] = [
      [
        [...score, wav, "--timezone", "PST"],
        /time zone "PST" as letters are no IANA name: write -08:00/,
      ],
      [
        [...score, wav, "--timezone", "UTC-8"],
        /neither an IANA name nor an offset: write -08:00\./,
      ],
      [["inspect", wav, "--name-format", "%Y%m%d"], /does not make up a day and an hour/],
      [
        [...score, harpFile, "--recording-start", "2021-01-01T00:00:00Z"],
        /Cannot use --recording-start with SOCAL_210101_000000\.x\.wav as the file itself tells when/,
      ],
      [
        [...score, wav, "--recording-start", "2021-01-01T00:00:00Z", "--name-format", "%Y%m%d_%H"],
        /Cannot use --name-format and --recording-start at once/,
      ],
      [
        [...score, "--date", "2021-01-01", "--source", `${folder}/{YYYYMMDD}_{HH}-08.wav`],
        /-08 behind \{HH\} may be minutes, a zone or neither/,
      ],
      [
        ["presence", folder, "--zone", "EST"],
        /time zone "EST" as letters .* or America\/New_York\./,
      ],
    ];
    for (const [args, sentence] of faults) {
      const { code, err } = await runHere(args, folder);
      assert.equal(code, 64, err);
      assert.match(err, sentence);
      assert.doesNotMatch(err, /\n {4}at /);
    }
  }));
