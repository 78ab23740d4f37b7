import wavefile from "wavefile";
import { hourOf, MegapteraError, type TimeZone } from "../../core/mod.ts";
import { openRecording, Resampler } from "../../pipeline/audio/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { MEL_BANDS, MelSpectrogram } from "../../pipeline/detector/mod.ts";
import { openReadable, type RemoteAccess } from "../../pipeline/places/mod.ts";
import { heardRateHz, hourPath, type Manifest, parseManifest } from "../../pipeline/scores/mod.ts";
import { clipChart, type MelImage, melImage } from "../charts/mod.ts";
import { hoursText } from "./headline_section.ts";
import type { ReportClip } from "./report_model.ts";

/** Length of a clip. */
const CLIP_SECONDS = 12;

/**
 * Makes clips of bouts to look at and listen to. One whose audio is not at hand is shown without, and why.
 *
 * @param scores Where the scores lie.
 * @param bouts The bouts.
 * @param placeOf Where a recording is, by the URI that manifests have for it.
 * @param options How S3 is asked, whose clocks are told beside UTC, and what each picture must say.
 * @returns One a bout, in their order.
 */
export async function reportClips(
  scores: string,
  bouts: readonly Bout[],
  placeOf: (uri: string) => string | undefined,
  { access, zone, notices = [] }: ClipOptions = {},
): Promise<ReportClip[]> {
  const storage = openReadable(scores, access);
  const mel = await MelSpectrogram.create();
  try {
    const clips: ReportClip[] = [];
    for (const bout of bouts) {
      const caption = captionOf(bout, zone);
      try {
        const hourMs = hourOf(bout.peakMs);
        const path = `${hourPath(hourMs)}.json`;
        const bytes = await storage.readBytes(path);
        if (!bytes) {
          throw new MegapteraError(
            "data",
            "Its hour has no manifest, so the recording is not known.",
          );
        }
        const manifest = parseManifest(new TextDecoder().decode(bytes), path);
        const { samples, rateHz, file, fileSeconds, leadSeconds } = await clipAudio(
          manifest,
          bout.peakMs,
          CLIP_SECONDS,
          placeOf,
        );
        clips.push({
          caption: `${caption}; in ${file}, ${offsetText(fileSeconds)} from its beginning`,
          picture: clipChart({
            title: `${isoTimeOf(bout.peakMs)} UTC`,
            subtitle: notices,
            description: `Spectrogram of ${
              (samples.length / rateHz).toFixed(1)
            } s around the peak.`,
            image: clipImage(samples, mel),
            topHz: rateHz / 2,
            fromSeconds: -leadSeconds,
            toSeconds: samples.length / rateHz - leadSeconds,
          }),
          audio: wavClip(samples, rateHz),
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

/** How clips are made. */
export interface ClipOptions {
  /** How S3 is asked for the manifests; with its defaults where it is left out. */
  access?: RemoteAccess | undefined;
  /** The zone whose clocks are told beside UTC; UTC alone where it is left out. */
  zone?: TimeZone | undefined;
  /** What stands on each picture. */
  notices?: readonly string[];
}

function captionOf(
  { peakMs, startMs, stopMs, peakScore, meanScore }: Bout,
  zone?: TimeZone,
): string {
  const local = zone === undefined
    ? ""
    : ` (${
      zone.at(peakMs).toPlainDateTime().toString({ smallestUnit: "second" })
        .replace("T", " ")
    } ${zone.name})`;
  return `${isoTimeOf(peakMs)} UTC${local}: bout of ${
    hoursText((stopMs - startMs) / 1000)
  }, score ` +
    `${peakScore.toFixed(2)} at its peak, ${meanScore.toFixed(2)} on average`;
}

function isoTimeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** Says a place in a recording as players show it: `2:05:07.3`. */
function offsetText(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60];
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  return `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

/** A stretch of audio around a moment. */
interface ClipAudio {
  /** Mono samples, of the band that the detector heard. */
  samples: Float32Array;
  /** Their rate, in Hz: the detector's, or the recording's where that is not known. */
  rateHz: number;
  /** The recording's name. */
  file: string;
  /** Where the moment is in the recording, and in the samples, seconds from the beginning of each. */
  fileSeconds: number;
  leadSeconds: number;
}

/**
 * Reads the audio around a moment from the recording that the hour's manifest names.
 *
 * @param manifest The manifest of the hour that the moment lies in.
 * @param centreMs The moment, epoch milliseconds.
 * @param seconds How long, as far as the one recording reaches.
 * @param placeOf Where a recording is, by the URI that the manifest has for it.
 * @returns The audio.
 * @throws {MegapteraError} Where there is none, in one sentence.
 */
export async function clipAudio(
  manifest: Manifest,
  centreMs: number,
  seconds: number,
  placeOf: (uri: string) => string | undefined,
): Promise<ClipAudio> {
  const segment = manifest.segments.find(({ start, stop }) =>
    Date.parse(start) <= centreMs && centreMs < Date.parse(stop)
  );
  if (!segment) {
    throw new MegapteraError("data", "Its manifest names no recording there.");
  }
  const { uri, sampleRateHz, sizeBytes } = manifest.files[segment.file];
  const place = placeOf(uri);
  const file = nameOf(uri);
  if (place === undefined) {
    throw new MegapteraError(
      "data",
      `The audio, ${file}, was not found: give its folder with --audio.`,
    );
  }
  const recording = await openRecording(place);
  try {
    const found = { sampleRateHz: recording.sampleRateHz, sizeBytes: recording.source.sizeBytes };
    if (found.sampleRateHz !== sampleRateHz || found.sizeBytes !== sizeBytes) {
      throw new MegapteraError(
        "data",
        `${file} has ${found.sizeBytes} bytes at ${found.sampleRateHz} Hz, and was scored with ` +
          `${sizeBytes} at ${sampleRateHz} Hz: it is another file.`,
      );
    }
    const centre = segment.fileFrame +
      Math.round((centreMs - Date.parse(segment.start)) / 1000 * sampleRateHz);
    const half = Math.round(seconds * sampleRateHz / 2);
    const from = Math.max(0, centre - half);
    const to = Math.min(recording.frames, centre + half);
    const input = await recording.read(from, Math.max(0, to - from), manifest.channel);
    const rateHz = heardRateHz(manifest.detector, sampleRateHz);
    return {
      samples: resampled(input, sampleRateHz, rateHz),
      rateHz,
      file,
      fileSeconds: centre / sampleRateHz,
      leadSeconds: (centre - from) / sampleRateHz,
    };
  } finally {
    recording.close();
  }
}

/** Gives the last part of an address, as people wrote it. */
export function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function resampled(input: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return input;
  const resampler = new Resampler(fromHz, toHz);
  const span = { start: 0, count: resampler.outputLength(input.length) };
  const { start, count } = resampler.inputSpan(span);
  const padded = new Float32Array(count);
  // What lies outside counts as 0.
  const [from, to] = [Math.max(0, start), Math.min(input.length, start + count)];
  padded.set(input.subarray(from, to), from - start);
  return resampler.process(padded, span);
}

/**
 * Draws the spectrogram of a clip over the whole band that the detector heard. At 10 kHz its bands
 * are the published detector's mel bands; at other rates they lie at the same parts of the band.
 *
 * @param samples Mono samples, at least 1,024.
 * @param mel The front end.
 * @returns The picture, a column every 300 samples.
 */
function clipImage(samples: Float32Array, mel: MelSpectrogram): MelImage {
  const frames = mel.frames(samples);
  return melImage(frames.map((power) => 10 * Math.log10(power + 1e-12)), MEL_BANDS);
}

/**
 * Makes of audio a WAV of 16 bits, made loud enough to be heard: the highest sample is at half of full
 * scale, whatever the hydrophone's level.
 *
 * @param samples Mono samples.
 * @param sampleRateHz Their rate.
 * @returns A data URL.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(wavClip(new Float32Array(100), 10_000).startsWith("data:audio/wav;base64,UklGR"));
 * ```
 */
export function wavClip(samples: Float32Array, sampleRateHz: number): string {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = peak > 0 ? 0.5 * 32_767 / peak : 0;
  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, sampleRateHz, "16", Int16Array.from(samples, (value) => value * gain));
  return `data:audio/wav;base64,${wav.toBuffer().toBase64()}`;
}
