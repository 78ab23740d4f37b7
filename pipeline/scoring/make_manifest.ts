import { basename } from "node:path";
import { formatUtc, VERSION } from "../../core/mod.ts";
import { zonelessNote } from "../timeline/mod.ts";
import { hourPath } from "./hour.ts";
import type { HourInputs } from "./hour_inputs.ts";
import type { Manifest } from "./manifest.ts";
import type { HourScores, ScoringContext } from "./score_hour.ts";
import { sha256 } from "./score_store.ts";

/** What decided an hour's scores besides its audio, and how long they took. */
export interface ScoredWith
  extends Pick<ScoringContext, "detector" | "recipe" | "gain" | "channel"> {
  fingerprint: string;
  /** When its work began and ended, epoch milliseconds. */
  startedMs: number;
  finishedMs: number;
}

/**
 * Makes an hour's manifest.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param inputs What it was made from.
 * @param result Its scores and where there are none.
 * @param kind Which of the detector's classes the manifest is of.
 * @param csv The text of that class's scores; nothing where the hour has no audio.
 * @param how What it was scored with.
 */
export function makeManifest(
  hourMs: number,
  inputs: HourInputs,
  { scores, noEffort, notes, failed }: HourScores,
  kind: number,
  csv: string | undefined,
  { detector, recipe, gain, channel, fingerprint, startedMs, finishedMs }: ScoredWith,
): Manifest {
  const { name, notice, weightsSha256, windowSeconds, hopSeconds, classNames, calls } = detector;
  const zoneless = zonelessNote(inputs.files.filter(({ zoneAssumed }) => zoneAssumed).length);
  return {
    format: "megaptera-scores/2",
    hour: formatUtc(hourMs),
    detector: {
      name,
      ...(notice === undefined ? {} : { notice }),
      weightsSha256,
      windowSeconds,
      hopSeconds,
      classNames: [...classNames],
      ...(calls === undefined ? {} : { calls }),
    },
    ...(classNames.length === 1 ? {} : { class: classNames[kind] }),
    fingerprint,
    recipe: recipe.name,
    clock: recipe.clock,
    gain,
    channel,
    files: inputs.files.map((file) => failed.has(file.uri) ? { ...file, failed: true } : file),
    segments: inputs.segments,
    notes: [...zoneless === undefined ? [] : [zoneless], ...inputs.notes, ...notes],
    effortSeconds: (scores[kind] ?? []).filter((score) => !Number.isNaN(score)).length,
    noEffort,
    csv: csv === undefined
      ? null
      : { name: `${basename(hourPath(hourMs))}.csv`, sha256: sha256(csv) },
    run: {
      megaptera: VERSION,
      engine: detector.engine.description,
      deno: Deno.version.deno,
      machine: `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores`,
      finished: new Date(finishedMs).toISOString(),
      seconds: Math.max(0, finishedMs - startedMs) / 1000,
    },
  };
}
