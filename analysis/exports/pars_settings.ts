import { z } from "zod";
import { parseJson } from "../../core/mod.ts";

/** Platforms that move: PARS asks for the positions of these, and of no other. */
export const MOBILE_PLATFORMS: readonly string[] = [
  "DRIFTING_BUOY",
  "ELECTRIC_GLIDER",
  "TOWED_ARRAY",
  "WAVE_GLIDER",
];

/** What PARS forbids as a stand-in for "absent". */
export const PLACEHOLDERS: readonly string[] = ["NA", "N/A", "NULL", "-"];

const text = z.string().trim().min(1).refine(
  (value) => !PLACEHOLDERS.includes(value.toUpperCase()),
  {
    error: "PARS takes no placeholder such as NA: give the value",
  },
);
const code = text.regex(/^[A-Z0-9][A-Z0-9_/-]*$/, {
  error: "it is a code in capitals, such as HUWH",
});
const atLeast0 = z.number().min(0);
const instant = z.iso.datetime({ offset: true });
const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const rateKhz = z.number().min(0.1, { error: "it is in kHz" }).max(2000, { error: "it is in kHz" });

const metadataSchema = z.strictObject({
  deployment_organization_code: code,
  deployment_code: text,
  project_name: text,
  site_code: text,
  monitoring_start_datetime: instant,
  monitoring_end_datetime: instant,
  deployment_latitude: latitude,
  deployment_longitude: longitude,
  deployment_platform_type_code: code,
  deployment_platform_id: text.optional(),
  dynamic_management_platform: z.boolean().optional(),
  deployment_url: z.url().optional(),
  deployment_water_depth_m: atLeast0,
  recording_device_depth_m: atLeast0,
  recording_device_code: text,
  recording_device_type_code: code,
  recording_duration_secs: atLeast0,
  recording_interval_secs: atLeast0,
  recording_sample_rate_khz: rateKhz,
  recording_bit_depth: z.int().min(1),
  recording_n_channels: z.int().min(1),
  recording_timezone: text,
  points_of_contact: text,
  project_funding: text,
});

const settingsSchema = z.strictObject({
  metadata: metadataSchema,
  analysis: z.strictObject({
    analysis_organization_code: code,
    analysis_sample_rate_khz: rateKhz.default(10),
    analysis_min_frequency_khz: atLeast0.default(0),
    analysis_max_frequency_khz: atLeast0.default(5),
    analysis_processing_code: z.enum(["POST_PROCESSED", "REAL_TIME"]).default("POST_PROCESSED"),
    analysis_protocol_reference: text,
    analysis_detector_code: code.default("HUWH_CNN"),
    analysis_detector_version: text,
    analysis_citations: text.optional(),
  }),
  sound_source_code: code.default("HUWH"),
  call_type_code: z.enum(["HUWH_SONG", "HUWH_SOCIAL", "HUWH_MIX"]).default("HUWH_SONG"),
  /** A day with fewer positive seconds is NOT_DETECTED. */
  least_positive_seconds: z.int().min(1),
  /** A day with less effort and no detection is NOT_AVAILABLE. */
  least_effort_share: z.number().gt(0).max(1).default(0.5),
  /** Where a platform that moves was, and when. */
  positions: z.array(z.strictObject({ datetime: instant, latitude, longitude })).default([]),
  /** Days on which a person heard the whales, and how many detections that person confirmed. */
  confirmed: z.array(z.strictObject({
    day: z.iso.date(),
    n_validated: z.int().min(1),
  })).default([]),
}).superRefine(({ metadata, analysis, confirmed, positions }, context) => {
  const issue = (path: string[], message: string): void =>
    context.addIssue({ code: "custom", path, message });
  const { monitoring_start_datetime: start, monitoring_end_datetime: end } = metadata;
  if (Date.parse(start) > Date.parse(end)) {
    issue(["metadata", "monitoring_end_datetime"], `it is not before ${start}`);
  }
  const { analysis_min_frequency_khz: low, analysis_max_frequency_khz: high } = analysis;
  if (low > high) issue(["analysis", "analysis_max_frequency_khz"], `it is not below ${low}`);
  const platform = metadata.deployment_platform_type_code;
  if (MOBILE_PLATFORMS.includes(platform) !== positions.length > 0) {
    const rule = positions.length > 0
      ? `a platform of the type ${platform} does not move, so it has none`
      : `a platform of the type ${platform} moves: give where it was and when, as a list of ` +
        "datetime, latitude and longitude";
    issue(["positions"], rule);
  }
  if (new Set(confirmed.map(({ day }) => day)).size < confirmed.length) {
    issue(["confirmed"], "a day is there once");
  }
});

/** All that PARS asks for and presence does not say. */
export type ParsSettings = z.infer<typeof settingsSchema>;

/**
 * Reads the settings for PARS, a JSON file whose fields are named as PARS names its columns.
 *
 * Source: PARS 1.0, passiveacoustics.fisheries.noaa.gov/pars/guide; NEFSC/READ-PSB-PACM (3ed7948),
 * `pars-validate.R` and `pars-parse.R`. Codes of organisations, platforms, devices and detectors are
 * checked for their form only: the lists grow.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The settings.
 * @throws {MegapteraError} `configuration`, naming the file and the first field that is wrong.
 */
export function parseParsSettings(text: string, name: string): ParsSettings {
  return parseJson(text, `the settings ${name}`, settingsSchema, "configuration");
}
