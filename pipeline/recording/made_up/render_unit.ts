import { addHarmonics } from "./add_harmonics.ts";
import { fade } from "./fade.ts";
import type { SongUnit } from "./song_unit.ts";
import { STEP_SAMPLES } from "./voice.ts";

/** Frequency at a part x of a contour, 0 ≤ x ≤ 1: its octaves follow a Catmull–Rom spline. */
function contourAt(contourHz: readonly number[], x: number): number {
  const place = Math.min(x, 1 - 1e-9) * (contourHz.length - 1);
  const point = Math.floor(place);
  const t = place - point;
  const octave = (index: number): number =>
    Math.log2(contourHz[Math.max(0, Math.min(contourHz.length - 1, index))]);
  const [p0, p1, p2, p3] = [-1, 0, 1, 2].map((ahead) => octave(point + ahead));
  const bent = 2 * p1 + t * (p2 - p0) + t * t * (2 * p0 - 5 * p1 + 4 * p2 - p3) +
    t * t * t * (3 * p1 - p0 - 3 * p2 + p3);
  return Math.pow(2, bent / 2);
}

/** Cuts a sound into pulses that start at once and die away. */
function pulse(samples: Float32Array, pulseHz: number, sampleRateHz: number): void {
  for (let i = 0; i < samples.length; i++) {
    const cycles = (i * pulseHz) / sampleRateHz;
    const within = cycles - Math.floor(cycles);
    samples[i] *= Math.min(1, within * 12) * Math.exp(-5 * within);
  }
}

/**
 * A unit as it leaves the whale.
 *
 * @param unit The unit.
 * @param sampleRateHz Sample rate in Hz; harmonics that come near half of it are left out.
 * @returns Its samples, of RMS 1 over its duration, whole steps long.
 */
export function renderUnit(unit: SongUnit, sampleRateHz: number): Float32Array {
  const length = unit.durationSeconds * sampleRateHz;
  const steps = Math.ceil(length / STEP_SAMPLES);
  const cycles = new Float64Array(steps + 1);
  const gains = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step++) {
    const sample = step * STEP_SAMPLES;
    gains[step] = fade(sample, -1, length, 0.08 * length, 0.25 * length);
    const tremble = Math.sin((2 * Math.PI * unit.vibratoHz * sample) / sampleRateHz);
    const hertz = contourAt(unit.contourHz, sample / length) * (1 + unit.vibratoDepth * tremble);
    if (step < steps) cycles[step + 1] = cycles[step] + (hertz * STEP_SAMPLES) / sampleRateHz;
  }
  const highest = Math.floor((0.45 * sampleRateHz) / Math.max(...unit.contourHz));
  const samples = new Float32Array(steps * STEP_SAMPLES);
  addHarmonics(samples, cycles, gains, unit.harmonics.slice(0, Math.max(1, highest)));
  if (unit.pulseHz > 0) pulse(samples, unit.pulseHz, sampleRateHz);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / length;
  const scale = 1 / Math.sqrt(power);
  for (let i = 0; i < samples.length; i++) samples[i] *= scale;
  return samples;
}
