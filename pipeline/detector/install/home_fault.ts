/** Why one try at a home failed. */
export class HomeFault extends Error {
  /** Whether the same home may do better at the next try. */
  readonly isPassing: boolean;

  /**
   * @param what What the home said or did, in a few words, without a full stop.
   * @param options `isPassing`: whether to try it again; `cause`: the error underneath.
   */
  constructor(what: string, options: ErrorOptions & { isPassing: boolean }) {
    super(what, options);
    this.name = "HomeFault";
    this.isPassing = options.isPassing;
  }
}
