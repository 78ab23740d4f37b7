/** Formats that calls are written in. */
export const CALL_FORMATS = ["csv", "raven", "audacity", "json", "parquet", "pamscapes"] as const;

/** One of them. */
export type CallFormat = typeof CALL_FORMATS[number];
