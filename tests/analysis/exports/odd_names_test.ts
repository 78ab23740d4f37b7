import assert from "node:assert/strict";
import { join } from "node:path";
import { CALL_FORMATS, openBoutExporters } from "../../../analysis/exports/mod.ts";
import { formatUtc } from "../../../core/time.ts";
import type { Manifest } from "../../../pipeline/scores/mod.ts";
import { MADE_ABOUT } from "../../helpers/made_bouts.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";

const START = Date.UTC(2021, 0, 1);

/** An hour that a recording of any address covers. */
function hourOf(uri: string, hour: number): Manifest {
  const startMs = START + hour * 3_600_000;
  const [start, stop] = [startMs, startMs + 3_600_000].map(formatUtc);
  const [sampleRateHz, frames] = [1000, 3_600_000];
  return plantedManifest(startMs, "", {
    files: [{ uri, sizeBytes: 1, version: "1", start, frames, sampleRateHz, channels: 1 }],
    segments: [{ file: 0, start, stop, fileFrame: 0 }],
  });
}

const ODD = [
  ...["file:///%zz.wav", "file:///sea/..%2F..%2Fetc%2Fpasswd.wav", "file://host/share/a.wav"],
  ...["file:///sea/%F0%9F.wav", "file:///%00.wav", "file:", "s3://sea/..", "s3://sea/a/../..wav"],
  ...["file:///sea/%E2%80%AEvaw.wav", "=1+1.wav", "", "http://sea/a%2F..%2Fb.wav"],
  ...[205, 230, 251, 600].map((length) => `file:///${"n".repeat(length)}.wav`),
  ...[205, 230, 251, 600].map((length) => `s3://sea/${"é".repeat(length / 2)}.wav`),
  `s3://sea/other/${"é".repeat(300)}.wav`,
];

Deno.test("recordings of any name or address can be exported, and nothing is written elsewhere", () =>
  withFolder(async (folder) => {
    const out = join(folder, "deep", "out");
    const exporters = await openBoutExporters(join(out, "calls.csv"), CALL_FORMATS);
    for (const exporter of exporters) {
      for (const [hour, uri] of ODD.entries()) exporter.onManifest?.(hourOf(uri, hour));
      for (const hour of ODD.keys()) {
        const startMs = START + hour * 3_600_000 + 1000;
        const bout = { startMs, stopMs: startMs + 2000, positiveSeconds: 2, peakScore: 1 };
        await exporter.add({ ...bout, meanScore: 1, peakMs: startMs, atGap: false });
      }
      await exporter.commit(MADE_ABOUT);
      await exporter.close();
    }
    const names = await filesBelow(folder);
    assert.ok(names.every((name) => name.startsWith("deep/out/calls.")), names.join(" "));
    for (const kind of ["audacity", "raven"]) {
      const files = names.filter((name) => name.startsWith(`deep/out/calls.${kind}/`));
      assert.equal(files.length, ODD.length, files.join(" "));
    }
    // deno-lint-ignore no-control-regex
    for (const name of names) assert.doesNotMatch(name, /[\x00-\x1f\u202a-\u202e]/);
  }));
