/**
 * core-seconds that an hour of audio takes, front end and reading included: the published detector
 * 67.97 core-ms a window (docs/speed.md), the demo its hour of `deno task demo`.
 */
const MEASURED: Readonly<Record<string, number>> = { google: 245, demo: 8 };

/**
 * What an hour of audio costs by the measurements of docs/speed.md.
 *
 * @param model As `--model` names it.
 * @returns core-seconds; nothing where it was not measured.
 */
export function measuredCoreSeconds(model: string): number | undefined {
  return MEASURED[model];
}
