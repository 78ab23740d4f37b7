import { withoutSecrets } from "../../core/mod.ts";

/**
 * What kind of fault a server far away has: `passing` and `wrong answer` are worth trying again, the
 * others are not. `missing`, `forbidden` and `changed` are of one file; `range` is a range that lies
 * outside of the file; `no bucket`, `setting` and `denied` concern whatever is asked.
 */
export type RemoteReason =
  | "passing"
  | "wrong answer"
  | "missing"
  | "forbidden"
  | "changed"
  | "range"
  | "no bucket"
  | "setting"
  | "denied";

/** How to go on from a fault. */
export interface RemoteFaultOptions extends ErrorOptions {
  /** How long the server asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** How often in a row it is worth meeting; as often as there is patience unless given. */
  readonly mostTries?: number;
  /** Whether that holds only as long as no server has ever answered. */
  readonly onlyAtFirst?: boolean;
}

/** Wrong answers may come of a broken proxy on the way, and are asked for anew this often in all. */
const WRONG_ANSWERS = 3;

/** What a server far away did wrong; the message follows "Cannot read … as", without a full stop. */
export class RemoteFault extends Error {
  readonly reason: RemoteReason;
  readonly retryAfterMs: number | undefined;
  readonly mostTries: number;
  readonly onlyAtFirst: boolean;

  /**
   * @param reason What kind.
   * @param message What was wrong, in words that are the same whenever it happens.
   * @param options How to go on.
   */
  constructor(reason: RemoteReason, message: string, options: RemoteFaultOptions = {}) {
    super(withoutSecrets(message), options);
    this.name = "RemoteFault";
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
    this.onlyAtFirst = options.onlyAtFirst ?? false;
    const byReason = reason === "passing"
      ? Infinity
      : reason === "wrong answer"
      ? WRONG_ANSWERS
      : 1;
    this.mostTries = options.mostTries ?? byReason;
  }
}
