import { DAY_MS, formatUtc, HOUR_MS } from "../../core/mod.ts";
import type { ManifestFile, ManifestSegment } from "../../pipeline/scores/mod.ts";
import type { TimeSpan } from "./gaps.ts";

const SAMPLE_RATE_HZ = 16_000;
const BYTES_PER_SAMPLE = 3;
const HEADER_BYTES = 44;

/**
 * The recordings that a simulated hour would have been made from: one a day, cut where the recorder
 * was off. Their names say that there are none.
 *
 * @param siteName Name of the site.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param gaps When nothing was recorded, for the whole day.
 */
export function simulatedFiles(
  siteName: string,
  hourMs: number,
  gaps: readonly TimeSpan[],
): { files: ManifestFile[]; segments: ManifestSegment[] } {
  const dayMs = Math.floor(hourMs / DAY_MS) * DAY_MS;
  const files: ManifestFile[] = [];
  const segments: ManifestSegment[] = [];
  for (const { startMs, stopMs } of recordedSpans(dayMs, gaps)) {
    const [fromMs, toMs] = [Math.max(startMs, hourMs), Math.min(stopMs, hourMs + HOUR_MS)];
    if (toMs <= fromMs) continue;
    const frames = (stopMs - startMs) / 1000 * SAMPLE_RATE_HZ;
    const start = formatUtc(startMs);
    segments.push({
      file: files.length,
      start: formatUtc(fromMs),
      stop: formatUtc(toMs),
      fileFrame: (fromMs - startMs) / 1000 * SAMPLE_RATE_HZ,
    });
    files.push({
      uri: `simulated:${siteName}/${start.replace(/[-:]/g, "")}`,
      sizeBytes: HEADER_BYTES + frames * BYTES_PER_SAMPLE,
      version: "simulated",
      start,
      frames,
      sampleRateHz: SAMPLE_RATE_HZ,
      channels: 1,
    });
  }
  return { files, segments };
}

/** What of a day lies between the gaps. */
function recordedSpans(dayMs: number, gaps: readonly TimeSpan[]): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let fromMs = dayMs;
  for (const { startMs, stopMs } of gaps) {
    if (startMs > fromMs) {
      spans.push({ startMs: fromMs, stopMs: Math.min(startMs, dayMs + DAY_MS) });
    }
    fromMs = Math.max(fromMs, stopMs);
  }
  if (fromMs < dayMs + DAY_MS) spans.push({ startMs: fromMs, stopMs: dayMs + DAY_MS });
  return spans;
}
