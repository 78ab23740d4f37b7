/** Share of a cell that must have effort for it to have a proportion: half, as in `docs/calls.md`. */
export const MIN_EFFORT = 0.5;
