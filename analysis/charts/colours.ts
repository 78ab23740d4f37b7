/** Okabe and Ito's colours, which colour-blind readers can tell apart, by what they stand for. */
export const COLOURS = {
  song: "#0072B2",
  found: "#D55E00",
  other: "#8C8C8C",
  raw: "#BDBDBD",
  text: "#333333",
} as const;
