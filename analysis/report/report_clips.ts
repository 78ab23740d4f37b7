import { HOUR_MS, MegapteraError } from "../../core/mod.ts";
import type { Call } from "../../pipeline/calls/mod.ts";
import { MelSpectrogram } from "../../pipeline/detector/mod.ts";
import { openReadable, type RemoteAccess } from "../../pipeline/places/mod.ts";
import { hourPath, parseManifest } from "../../pipeline/scores/mod.ts";
import { CLIP_RATE_HZ, clipAudio } from "./clip_audio.ts";
import { clipImage } from "./clip_image.ts";
import type { ReportClip } from "./report_model.ts";
import { wavClip } from "./wav_clip.ts";

/** Length of a clip. */
const CLIP_SECONDS = 12;

/**
 * Calls to look at and listen to. One whose audio is not at hand is shown without, and why.
 *
 * @param scores Where the scores lie.
 * @param calls The calls.
 * @param placeOf Where a recording is, by the URI that manifests have for it.
 * @param access How S3 is asked for the manifests; with its defaults where it is left out.
 * @returns One a call, in their order.
 */
export async function reportClips(
  scores: string,
  calls: readonly Call[],
  placeOf: (uri: string) => string | undefined,
  access?: RemoteAccess,
): Promise<ReportClip[]> {
  const storage = openReadable(scores, access);
  const mel = await MelSpectrogram.create();
  try {
    const clips: ReportClip[] = [];
    for (const call of calls) {
      const caption = captionOf(call);
      try {
        const hourMs = Math.floor(call.peakMs / HOUR_MS) * HOUR_MS;
        const path = `${hourPath(hourMs)}.json`;
        const bytes = await storage.readBytes(path);
        if (!bytes) throw new MegapteraError("data", "Its hour has no manifest, which would tell.");
        const manifest = parseManifest(new TextDecoder().decode(bytes), path);
        const { samples, file } = await clipAudio(manifest, call.peakMs, CLIP_SECONDS, placeOf);
        clips.push({
          caption: `${caption}; ${file}`,
          image: clipImage(samples, mel),
          audio: wavClip(samples, CLIP_RATE_HZ),
        });
      } catch (error) {
        if (!(error instanceof MegapteraError)) throw error;
        clips.push({ caption, missing: error.message });
      }
    }
    return clips;
  } finally {
    mel.close();
  }
}

function captionOf({ peakMs, startMs, stopMs, peakScore, meanScore }: Call): string {
  const when = `${new Date(peakMs).toISOString().slice(0, 19)}Z`;
  return `${when}: call of ${((stopMs - startMs) / 1000).toFixed(0)} s, score ` +
    `${peakScore.toFixed(3)} at its peak, ${meanScore.toFixed(3)} on average`;
}
