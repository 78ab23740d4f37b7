import type { Calibrator } from "../../pipeline/bouts/mod.ts";
import { speciesOf } from "../../pipeline/detector/mod.ts";
import { histogramChart } from "../charts/mod.ts";
import { effortBy } from "../season/mod.ts";
import { dielSection } from "./diel_section.ts";
import { capital, type ReportInput, subtitleOf } from "./gather.ts";
import { headlineSection } from "./headline_section.ts";
import { citations, methodsText } from "./methods_text.ts";
import type { Report, ReportSection } from "./report_model.ts";
import { recorderSection, scoredSection, thresholdTable } from "./scored_section.ts";
import { presenceSection, seasonSection, yearSection } from "./season_section.ts";

/**
 * Makes a report of scores: what was scored, the answers, bouts to listen to, methods, caveats, and
 * how to make it again.
 *
 * @param input What was gathered.
 * @returns The report.
 */
export function makeReport(input: ReportInput): Report {
  return {
    title: `${subjectOf(input.classes)}${input.site === undefined ? "" : `: ${input.site.title}`}`,
    notices: input.notices.map(capital),
    sections: [
      headlineSection(input),
      { id: "caveats", heading: "What these figures are not", list: CAVEATS },
      presenceSection(input),
      seasonSection(input),
      dielSection(input),
      yearSection(input),
      ...listenSections(input),
      scoresSection(input),
      recorderSection(input),
      scoredSection(input),
      methodsSection(input),
      {
        id: "again",
        heading: "How to make this again",
        paragraphs: [
          "With the scores whose fingerprint stands above, these commands give the same figures.",
        ],
        code: input.commands.join("\n"),
      },
    ],
  };
}

/** Says what was detected: song of humpback whales, or a class of somebody else's detector. */
function subjectOf(classes: ReadonlySet<string>): string {
  const species = [...classes].map(speciesOf);
  const others = species.filter((name) => !/^humpback/i.test(name));
  return others.length === 0 ? "Song of humpback whales" : `Detections of ${species.join(" and ")}`;
}

function listenSections(input: ReportInput): ReportSection[] {
  const { bestClips, randomClips, seed } = input;
  return [
    {
      id: "best",
      heading: "The best bouts",
      paragraphs: [
        "The highest peaks of the filtered score, one a day at most; 12 s around the peak, as loud " +
        "as each can be played. They say what the detector is surest of, not what it usually finds.",
      ],
      clips: bestClips,
    },
    {
      id: "sample",
      heading: "A random sample of bouts",
      paragraphs: [`These bouts were drawn at random (seed ${seed}).`],
      clips: randomClips,
    },
  ];
}

function scoresSection(input: ReportInput): ReportSection {
  const { histogram, sensitivity } = input.gathered;
  const bins = histogram.length;
  return {
    id: "scores",
    heading: "The scores, and other thresholds",
    paragraphs: [
      "How bouts and presence change with the threshold, without hysteresis: where they hardly do, " +
      "the choice matters little. The chart is of scores as " +
      "they are; the threshold applies to their running median.",
    ],
    charts: [
      histogramChart({
        title: "Seconds by score",
        subtitle: subtitleOf(input),
        counts: histogram,
        threshold: scoreAt(input.settings.threshold, input.calibrator),
      }),
    ],
    tables: [thresholdTable(sensitivity), {
      caption: "Seconds by score",
      columns: ["from", "to", "seconds"],
      rows: Array.from(histogram, (seconds, i) => [i / bins, (i + 1) / bins, seconds]),
    }],
  };
}

function methodsSection(input: ReportInput): ReportSection {
  const { gathered, site, settings, windowSeconds } = input;
  const hours = gathered.hours;
  const effort = effortBy(hours, "year");
  const sum = (name: string): number =>
    Array.from(effort.array(name) as ArrayLike<number>).reduce((total, one) => total + one, 0);
  const day = (row: number): string => new Date(hours.startMs[row]).toISOString().slice(0, 10);
  return {
    id: "methods",
    heading: "Methods, for a paper",
    paragraphs: methodsText({
      settings,
      calibration: input.calibration,
      detectors: input.detectors,
      recipe: gathered.manifest?.recipe ?? "unknown",
      fingerprints: input.fingerprints,
      versions: [...gathered.versions],
      windowSeconds,
      place: site,
      from: day(0),
      to: day(hours.startMs.length - 1),
      effortHours: sum("effort_s") / 3600,
      coverage: sum("effort_s") / sum("possible_s"),
    }),
    list: citations(input.detectors),
  };
}

/** What holds for every report of scores, whatever they say. */
const CAVEATS: readonly string[] = [
  "Scores are not probabilities. A score of 0.9 does not mean that nine of ten such seconds are " +
  "whales, unless they were calibrated on annotated audio of this place (evaluate). The threshold is " +
  "a choice: how the answer changes with it stands below, by threshold.",
  "Received song is not a number of whales. More song is more sound of song at the hydrophone: it may be one " +
  "whale or many, near or far, and males sing.",
  "Noise hides song. Ships, wind and rain make song harder to find, and follow the hour and the " +
  "season themselves: corrected counts of humpback whales have lost most of their daily and " +
  "yearly pattern (Helble 2013). No correction for noise is made here.",
  "If no song was found, there may still have been whales. Whales that do not sing, sing too faintly, or sing while the " +
  "recorder was off are not in it. Time that was not heard is left out, and never counted as 0.",
  "A detector makes mistakes that depend on the place. Listen to the random sample below, not only " +
  "to the best bouts, before anything is published.",
];

/**
 * The score that a threshold stands for.
 *
 * @param threshold 0 to 1, of what the calibrator gives.
 * @param calibrator What the threshold is compared with; the score itself where it is left out.
 * @returns 0 to 1, to six decimals, as score files have them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(scoreAt(0.25, { check: () => {}, apply: (score) => score ** 2 }), 0.5);
 * assert.equal(scoreAt(0.25), 0.25);
 * ```
 */
export function scoreAt(threshold: number, calibrator?: Calibrator): number {
  if (!calibrator) return threshold;
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (calibrator.apply(middle) >= threshold) high = middle;
    else low = middle;
  }
  return Number(high.toFixed(6));
}
