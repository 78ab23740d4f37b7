import { DAY_MS, formatUtc, MegapteraError } from "../../core/mod.ts";
import type { ParsSettings } from "./pars_settings.ts";
import type { PresenceRow } from "./presence_row.ts";
import { csvText } from "./safe_cell.ts";

const DAY_SECONDS = DAY_MS / 1000;
/** People note when monitoring ended to the minute, or as 23:59:59. */
const NOTED_SECONDS = 60;

/** The files of a submission by their names, which PARS fixes. */
export interface ParsFiles {
  "detectiondata.csv": string;
  "metadata.csv": string;
  /** Positions, of a platform that moves only. */
  "gpsdata.csv"?: string;
}

/**
 * Daily presence as a submission in NOAA's Passive Acoustic Reporting System, PARS 1.0. Each day of
 * UTC between the first and the last has its row, as PARS' readers take an absent day for one
 * without whales:
 *
 * - DETECTED where the settings say that a person confirmed it, with that person's count;
 * - POSSIBLY_DETECTED where the detector is positive for the least number of seconds, with 0
 *   validated;
 * - NOT_DETECTED where it is not and there was effort enough;
 * - NOT_AVAILABLE else.
 *
 * @param rows Days of UTC, ascending.
 * @param settings Codes, deployment and rules.
 * @returns The files' texts.
 * @throws {MegapteraError} `usage` where rows are not days of UTC, `configuration` where a person
 * confirmed a day without effort, or there is effort outside of the time that was monitored.
 */
export function presenceToPars(
  rows: readonly PresenceRow[],
  settings: ParsSettings,
): ParsFiles {
  const days = new Map(rows.map((row) => [row.startMs, row]));
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const odd = rows.find(({ startMs, stopMs }) =>
    startMs % DAY_MS !== 0 || stopMs !== startMs + DAY_MS
  );
  if (rows.length === 0 || odd || days.size < rows.length) {
    throw new MegapteraError(
      "usage",
      "Cannot write presence for PARS as it takes days of UTC, each once: use --by day --zone UTC.",
    );
  }
  const confirmed = new Map(
    settings.confirmed.map(({ day, n_validated }) => [Date.parse(`${day}T00:00:00Z`), n_validated]),
  );
  for (const dayMs of confirmed.keys()) {
    if ((days.get(dayMs)?.effortSeconds ?? 0) > 0) continue;
    throw new MegapteraError(
      "configuration",
      `Cannot write presence for PARS as its settings say that ${
        dayOf(dayMs)
      } was confirmed, and ` +
        "there is no effort on it.",
    );
  }
  const { metadata, analysis } = settings;
  const window = windowOf(first.startMs, last.stopMs, settings);
  const header = [...ANALYSIS_COLUMNS, ...DETECTION_COLUMNS, ...LOCALIZATION_COLUMNS];
  const lines: (string | number)[][] = [];
  for (let dayMs = first.startMs; dayMs < last.stopMs; dayMs += DAY_MS) {
    const startMs = Math.max(dayMs, window.startMs);
    const stopMs = Math.min(dayMs + DAY_MS, window.stopMs);
    const lengthSeconds = Math.max(0, stopMs - startMs) / 1000;
    const effortSeconds = days.get(dayMs)?.effortSeconds ?? 0;
    checkMonitored(dayMs, effortSeconds, lengthSeconds);
    // A day that lies outside of the monitored time altogether is no part of the deployment.
    if (lengthSeconds === 0) continue;
    const result = resultOf(days.get(dayMs), confirmed.get(dayMs), settings, lengthSeconds);
    lines.push([
      metadata.deployment_code,
      analysis.analysis_organization_code,
      settings.sound_source_code,
      formatUtc(window.startMs),
      formatUtc(window.stopMs),
      analysis.analysis_sample_rate_khz,
      analysis.analysis_min_frequency_khz,
      analysis.analysis_max_frequency_khz,
      analysis.analysis_processing_code,
      analysis.analysis_protocol_reference,
      analysis.analysis_detector_code,
      analysis.analysis_detector_version,
      analysis.analysis_citations ?? "",
      formatUtc(startMs),
      formatUtc(stopMs),
      Math.min(effortSeconds, lengthSeconds),
      ...result,
      ...LOCALIZATION_COLUMNS.map(() => ""),
    ]);
  }
  const {
    deployment_platform_id = "",
    dynamic_management_platform: isManaged = "",
    deployment_url = "",
    ...required
  } = metadata;
  const values: Record<string, string | number> = {
    ...required,
    monitoring_start_datetime: formatUtc(secondOf(metadata.monitoring_start_datetime)),
    monitoring_end_datetime: formatUtc(secondOf(metadata.monitoring_end_datetime)),
    deployment_platform_id,
    dynamic_management_platform: String(isManaged).toUpperCase(),
    deployment_url,
  };
  return {
    "detectiondata.csv": csvText([header, ...lines]),
    "metadata.csv": csvText([Object.keys(values), Object.values(values)]),
    ...(settings.positions.length === 0 ? {} : { "gpsdata.csv": gpsData(settings) }),
  };
}

const ANALYSIS_COLUMNS = [
  "deployment_code",
  "analysis_organization_code",
  "analysis_sound_source_codes",
  "analysis_start_datetime",
  "analysis_end_datetime",
  "analysis_sample_rate_khz",
  "analysis_min_frequency_khz",
  "analysis_max_frequency_khz",
  "analysis_processing_code",
  "analysis_protocol_reference",
  "analysis_detector_code",
  "analysis_detector_version",
  "analysis_citations",
];
const DETECTION_COLUMNS = [
  "detection_start_datetime",
  "detection_end_datetime",
  "detection_effort_secs",
  "detection_result_code",
  "detection_sound_source_code",
  "detection_call_type_code",
  "detection_n_validated",
];

/** Columns that are optional and empty here: NOAA's own tables can't be built where they lack. */
const LOCALIZATION_COLUMNS = [
  "localization_method_code",
  "localization_latitude",
  "localization_longitude",
  "localization_distance_m",
];

function gpsData({ metadata, positions }: ParsSettings): string {
  const rows = positions.map(({ datetime, latitude, longitude }) => [
    metadata.deployment_code,
    formatUtc(secondOf(datetime)),
    latitude,
    longitude,
  ]);
  return csvText([["deployment_code", "datetime", "latitude", "longitude"], ...rows]);
}

/** Gives what is analysed: the days, cut to the time that was monitored. */
function windowOf(
  firstMs: number,
  lastMs: number,
  { metadata }: ParsSettings,
): { startMs: number; stopMs: number } {
  const startMs = Math.max(firstMs, secondOf(metadata.monitoring_start_datetime));
  const stopMs = Math.min(lastMs, secondOf(metadata.monitoring_end_datetime));
  if (stopMs > startMs) return { startMs, stopMs };
  throw new MegapteraError(
    "configuration",
    `Cannot write presence for PARS as its days, ${dayOf(firstMs)} to ${
      dayOf(lastMs - DAY_MS)
    }, lie ` +
      "outside of the settings' monitoring_start_datetime and monitoring_end_datetime.",
  );
}

/** Effort that the settings know nothing of would be lost, or counted into other hours. */
function checkMonitored(dayMs: number, effortSeconds: number, lengthSeconds: number): void {
  if (effortSeconds === 0 || effortSeconds <= lengthSeconds + NOTED_SECONDS) return;
  throw new MegapteraError(
    "configuration",
    `Cannot write presence for PARS as ${effortSeconds} s of ${dayOf(dayMs)} have scores, and by ` +
      `the settings ${lengthSeconds} s of it were monitored: correct monitoring_start_datetime or ` +
      "monitoring_end_datetime, or name the scores of this deployment alone.",
  );
}

/** Gives the code of a day's result, and what must go with it. */
function resultOf(
  row: PresenceRow | undefined,
  validated: number | undefined,
  settings: ParsSettings,
  lengthSeconds: number,
): (string | number)[] {
  const detection = [settings.sound_source_code, settings.call_type_code];
  if (validated !== undefined) return ["DETECTED", ...detection, validated];
  if (row && (row.positiveSeconds ?? 0) >= settings.least_positive_seconds) {
    return ["POSSIBLY_DETECTED", ...detection, 0];
  }
  // Of a day that is cut by the monitored time the schedule gives as much as of the whole day.
  const scheduled = (row?.scheduledSeconds ?? DAY_SECONDS) * lengthSeconds / DAY_SECONDS;
  const enough = settings.least_effort_share * scheduled;
  const isHeard = row !== undefined && row.effortSeconds > 0 && row.effortSeconds >= enough;
  const code = isHeard ? "NOT_DETECTED" : "NOT_AVAILABLE";
  return [code, "", "", ""];
}

function secondOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000) * 1000;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
