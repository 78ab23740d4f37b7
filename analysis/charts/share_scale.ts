/**
 * The scale of an axis of proportions: from 0 to the highest shown, or to 1 where there is no song at
 * all, as 0 would else stand in the middle.
 *
 * @param rows What is shown.
 * @returns A Vega-Lite scale.
 */
export function shareScale(
  rows: readonly { proportion: number | null }[],
): Record<string, unknown> {
  return rows.some(({ proportion }) => proportion !== null && proportion > 0)
    ? { domainMin: 0, nice: true }
    : { domain: [0, 1] };
}
