import { parseTime, readTable, type TableRow } from "../tables/mod.ts";
import { MOBILE_PLATFORMS, PLACEHOLDERS } from "./pars_settings.ts";
import type { ParsFiles } from "./presence_to_pars.ts";

const REQUIRED = {
  "metadata.csv":
    `deployment_organization_code deployment_code project_name site_code monitoring_start_datetime
    monitoring_end_datetime deployment_latitude deployment_longitude deployment_platform_type_code
    deployment_water_depth_m recording_device_depth_m recording_device_code
    recording_device_type_code recording_duration_secs recording_interval_secs
    recording_sample_rate_khz recording_bit_depth recording_n_channels recording_timezone
    points_of_contact project_funding`,
  "detectiondata.csv":
    `deployment_code analysis_organization_code analysis_sound_source_codes analysis_start_datetime
    analysis_end_datetime analysis_sample_rate_khz analysis_min_frequency_khz
    analysis_max_frequency_khz analysis_processing_code analysis_protocol_reference
    analysis_detector_code analysis_detector_version detection_start_datetime
    detection_end_datetime detection_effort_secs detection_result_code`,
  "gpsdata.csv": "deployment_code datetime latitude longitude",
};
/** Columns that may be empty, but without which NOAA's later tables can't be built. */
const OPTIONAL: Partial<Record<keyof typeof REQUIRED, string>> = {
  "metadata.csv": "deployment_platform_id dynamic_management_platform deployment_url",
  "detectiondata.csv": `analysis_citations localization_method_code localization_latitude
    localization_longitude localization_distance_m`,
};
const WITH_DETECTION = [
  "detection_sound_source_code",
  "detection_call_type_code",
  "detection_n_validated",
];
const RESULTS = ["DETECTED", "POSSIBLY_DETECTED", "NOT_DETECTED", "NOT_AVAILABLE"];
const RANGES: Record<string, [number, number]> = {
  deployment_latitude: [-90, 90],
  deployment_longitude: [-180, 180],
  deployment_water_depth_m: [0, Infinity],
  recording_device_depth_m: [0, Infinity],
  recording_duration_secs: [0, Infinity],
  recording_interval_secs: [0, Infinity],
  recording_bit_depth: [0, Infinity],
  recording_n_channels: [0, Infinity],
  recording_sample_rate_khz: [0.1, 2000],
  analysis_sample_rate_khz: [0.1, 2000],
  analysis_min_frequency_khz: [0, Infinity],
  analysis_max_frequency_khz: [0, Infinity],
  detection_effort_secs: [0, Infinity],
  detection_n_validated: [0, Infinity],
  latitude: [-90, 90],
  longitude: [-180, 180],
};
/** Columns in the order that their values must have. */
const ORDERED = [
  ["monitoring_start_datetime", "monitoring_end_datetime"],
  ["analysis_start_datetime", "analysis_end_datetime"],
  ["detection_start_datetime", "detection_end_datetime"],
  ["analysis_start_datetime", "detection_start_datetime"],
  ["detection_end_datetime", "analysis_end_datetime"],
  ["analysis_min_frequency_khz", "analysis_max_frequency_khz"],
];

/**
 * Checks a submission by the published rules of PARS 1.0: columns, values that must be there,
 * numbers and their ranges, times with an offset and in order, detections within what was analysed,
 * result codes and what they ask for, no placeholder for "absent", one deployment, positions of
 * what moves and of nothing else. Codes are not looked up.
 *
 * Source: NEFSC/READ-PSB-PACM (3ed7948), `pars-validate.R`, `pars-parse.R` and `pars-load.R`,
 * profile PARS_1.0.
 *
 * @param files The files' texts.
 * @returns What is wrong, a sentence each; none where all is right.
 */
export function checkPars(files: ParsFiles): string[] {
  const faults: string[] = [];
  /** Types of their platforms. */
  const deployments = new Map<string, string>();
  const located = new Set<string>();
  for (const name of ["metadata.csv", "detectiondata.csv", "gpsdata.csv"] as const) {
    const text = files[name];
    if (text === undefined) continue;
    const { columns, rows } = readTable(text, name);
    const required = REQUIRED[name].split(/\s+/);
    for (const column of [...required, ...OPTIONAL[name]?.split(/\s+/) ?? []]) {
      if (!columns.includes(column)) faults.push(`${name} lacks the column ${column}`);
    }
    for (const row of rows) {
      const report = (fault: string): void =>
        void faults.push(`${name} line ${row.line}: ${fault}`);
      checkRow(row, columns, required, report);
      const deployment = row.cell("deployment_code");
      if (name === "metadata.csv") {
        deployments.set(deployment, row.cell("deployment_platform_type_code"));
      } else if (!deployments.has(deployment)) {
        report(`no metadata of the deployment ${deployment}`);
      }
      if (name === "gpsdata.csv") located.add(deployment);
    }
  }
  for (const [deployment, platform] of deployments) {
    const moves = MOBILE_PLATFORMS.includes(platform);
    if (moves === located.has(deployment)) continue;
    faults.push(`the ${platform} of ${deployment} ${moves ? "lacks" : "must not have"} positions`);
  }
  return faults;
}

function checkRow(
  row: TableRow,
  columns: readonly string[],
  required: readonly string[],
  report: (fault: string) => void,
): void {
  const valueOf = (column: string): number => {
    const cell = row.cell(column);
    if (!column.endsWith("datetime")) return Number(cell);
    const hasForm = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/.test(cell);
    return hasForm ? parseTime(cell) ?? NaN : NaN;
  };
  for (const column of columns) {
    const cell = row.cell(column);
    if (PLACEHOLDERS.includes(cell.toUpperCase())) report(`${column} is a placeholder: ${cell}`);
    if (cell === "" && required.includes(column)) report(`${column} is empty`);
    if (cell === "") continue;
    const isNumber = column in RANGES;
    if (!isNumber && !column.endsWith("datetime")) continue;
    const value = valueOf(column);
    const [least, most] = RANGES[column] ?? [-Infinity, Infinity];
    if (!(value >= least && value <= most)) report(`${column} can't be ${cell}`);
  }
  for (const [before, after] of ORDERED) {
    if (valueOf(before) > valueOf(after)) report(`${before} is after ${after}`);
  }
  const result = row.cell("detection_result_code");
  if (columns.includes("detection_result_code") && !RESULTS.includes(result)) {
    report(`detection_result_code can't be ${result}`);
  }
  if (result !== "DETECTED" && result !== "POSSIBLY_DETECTED") return;
  for (const column of WITH_DETECTION) {
    if (row.cell(column) === "") report(`${result} asks for ${column}`);
  }
}
