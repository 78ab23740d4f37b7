import { MegapteraError } from "../../core/mod.ts";

/**
 * A fault of a detector's own, which every hour would meet again: unlike bad audio it ends a range.
 * Its kind is `data`.
 */
export class DetectorFault extends MegapteraError {
  /**
   * @param message One sentence for the user.
   * @param options `cause`: the error underneath.
   */
  constructor(message: string, options?: ErrorOptions) {
    super("data", message, options);
    this.name = "DetectorFault";
  }
}
