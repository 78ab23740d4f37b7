import { MegapteraError } from "../core/mod.ts";

/**
 * Refuses an option without text: what a variable of a script that was never set makes of it.
 *
 * @param options A command's options, by their names.
 * @throws {MegapteraError} `usage`, naming the option.
 */
export function refuseEmpty(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== "") continue;
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new MegapteraError("usage", `Cannot take --${option} as it is empty: say which.`);
  }
}
