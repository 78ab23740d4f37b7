import { type RangeSource, SourceFault, sourceName } from "../places/mod.ts";

/**
 * The fault of a recording that cannot be read.
 *
 * @param source The recording's source.
 * @param reason What follows "Cannot read … as", without a full stop.
 * @returns A `data` fault whose message is one sentence.
 */
export function unreadable(source: Pick<RangeSource, "uri">, reason: string): SourceFault {
  const sentence = `Cannot read ${sourceName(source)} as ${reason}.`;
  return new SourceFault("unreadable", sentence, { uri: source.uri });
}
