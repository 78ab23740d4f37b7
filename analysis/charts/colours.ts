/** Okabe and Ito's colours, which colour-blind readers can tell apart, by what they stand for. */
export const COLOURS = {
  song: "#0072B2",
  found: "#D55E00",
  dawn: "#E69F00",
  dusk: "#D55E00",
  day: "#56B4E9",
  night: "#000000",
  other: "#8C8C8C",
  raw: "#BDBDBD",
  effort: "#9A9A9A",
  text: "#333333",
  /** Night, behind other marks. */
  nightTint: "#DCE0EC",
  /** Time that was not listened to, and the lines that hatch it. */
  unheard: "#C9C9C9",
  hatch: "#7D7D7D",
} as const;

/** From little song to song all the time; they darken all the way, so that grey print shows it. */
export const SONG_SCALE = ["#5BA4D4", "#0072B2", "#00263D"] as const;
