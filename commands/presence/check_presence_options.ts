import { MegapteraError, TimeZone } from "../../core/mod.ts";
import type { PresenceArguments } from "../presence_arguments.ts";

/**
 * Checks that options of `presence` go together, and that the zone is one, before scores are looked for.
 *
 * @param options The command's options.
 * @throws {MegapteraError} `usage` where they do not.
 */
export function checkPresenceOptions(options: PresenceArguments): void {
  const { format, out, parsSettings, minEffort, site, sites, by, zone } = options;
  new TimeZone(zone);
  const isExchange = format !== "csv";
  const rules: [isBroken: boolean, rule: string][] = [
    [isExchange && out === undefined, "it has two files, so name their folder with --out"],
    [isExchange && zone !== "UTC", `it is in UTC, so leave out --zone ${zone}`],
    [format === "pars" && (by ?? "day") !== "day", `it is by day, so leave out --by ${by}`],
    [
      format === "pamscapes" && by !== undefined && by !== "hour" && by !== "day",
      `it is by hour or day, so leave out --by ${by}`,
    ],
    [
      format === "pars" && parsSettings === undefined,
      "it needs --pars-settings FILE (docs/exchange-formats.md)",
    ],
    [
      format === "pars" && minEffort !== undefined,
      "least_effort_share of its settings is used, not --min-effort",
    ],
    [format !== "pars" && parsSettings !== undefined, "--pars-settings is for --format pars"],
    [
      format !== "pamscapes" && (site !== undefined || sites !== undefined),
      "--site and --sites are for --format pamscapes",
    ],
    [sites !== undefined && site === undefined, "--sites is of no use without --site"],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (!broken) return;
  throw new MegapteraError("usage", `Cannot write presence as ${format}: ${broken[1]}.`);
}
