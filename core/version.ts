import config from "../deno.json" with { type: "json" };

/** This release's version, as in deno.json. */
export const VERSION: string = config.version;
