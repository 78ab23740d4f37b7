/** NOAA's Passive Acoustic Reporting System, PARS 1.0. */
export { checkPars } from "./check_pars.ts";
export { parseParsSettings, type ParsSettings } from "./pars_settings.ts";
export { type ParsFiles, presenceToPars } from "./presence_to_pars.ts";
