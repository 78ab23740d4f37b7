import assert from "node:assert/strict";
import { OtherFormats, wrongStart } from "../../../pipeline/audio/other_formats.ts";

Deno.test("files that may be recordings are named by ending, each with what to do", () => {
  const others = new OtherFormats();
  const names = ["deep/b.AIF", "a.aif", "x.sud", "x.log.xml", "notes.txt", "NAME", ".hidden.mp3"];
  for (const name of [...names, "y.wav.gz", "z.dwv"]) others.add(`/data/${name}`);
  assert.deepEqual(others.sentences(), [
    "Passed over 2 .aif files (AIFF), such as a.aif: convert to FLAC or WAV, as with ffmpeg -i FILE " +
    "FILE.flac.",
    "Passed over 1 .dwv file (SoundTrap detections), such as z.dwv: what a click detector kept is no " +
    "continuous audio, so score the recordings themselves.",
    "Passed over 1 .gz file (packed files), such as y.wav.gz: unpack what holds recordings.",
    "Passed over 1 .sud file (SoundTrap archives), such as x.sud: unpack to WAV with SoundTrap Host.",
  ]);
});

Deno.test("what a file of another name is, is told by how it begins", () => {
  const tell = (text: string): string => wrongStart(new TextEncoder().encode(text), "a WAV file");
  assert.match(tell("FORM\0\0\0\0AIFF"), /^it is AIFF and not a WAV file: convert to FLAC or WAV/);
  assert.match(
    tell("\0\0\0 ftypM4A "),
    /^it is MPEG-4 audio and not a WAV file: .*loss|leaves out/,
  );
  assert.match(tell("ID3\u0004\0"), /^it is MP3/);
  assert.match(tell("riff.\u0091"), /^it is Wave64/);
  assert.match(tell("\0".repeat(12)), /^it is not a WAV file: it begins with zeros, as files of /);
  assert.equal(tell("Dear diary, we"), 'it is not a WAV file: it begins "Dear diary, "');
});
