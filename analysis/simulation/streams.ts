/** What is drawn: each has random numbers of its own, so that none shifts another. */
export const STREAM = {
  strength: 1,
  song: 2,
  ships: 3,
  outages: 4,
  interruptions: 5,
  scores: 6,
} as const;
