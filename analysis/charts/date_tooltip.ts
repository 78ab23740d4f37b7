/**
 * A date (UTC) among what hovering tells. Without a unit of UTC, Vega writes dates by the reader's
 * clock: west of Greenwich that is the day before.
 *
 * @param field The field with the date's start, epoch milliseconds.
 * @param title What it is called.
 * @returns A part of a Vega-Lite tooltip channel.
 */
export function dateTooltip(field: string, title: string): Record<string, string> {
  return { field, type: "temporal", timeUnit: "utcyearmonthdate", format: "%Y-%m-%d", title };
}
