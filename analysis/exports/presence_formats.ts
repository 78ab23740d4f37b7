/** Formats that presence is written in. */
export const PRESENCE_FORMATS = ["csv", "pars", "pamscapes"] as const;

/** One of them. */
export type PresenceFormat = typeof PRESENCE_FORMATS[number];
