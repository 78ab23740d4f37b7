import { PbfReader } from "pbf";
import { unreadableModel } from "./unreadable_model.ts";

/** Takes one field of a message; fields that it leaves alone are skipped. */
export type FieldReader<T> = (field: number, result: T, reader: PbfReader) => void;

/**
 * Decodes a protocol buffers message.
 *
 * @param bytes The message.
 * @param readField Takes one field into the result.
 * @param result What is filled.
 * @param path The file that it is of, for the fault's sentence.
 * @returns The result.
 * @throws {MegapteraError} `data` where the bytes are no message.
 */
export function decodeMessage<T>(
  bytes: Uint8Array,
  readField: FieldReader<T>,
  result: T,
  path: string,
): T {
  const reader = new PbfReader(bytes);
  let cause: unknown;
  try {
    reader.readFields(readField, result);
    // A length that points beyond the message leaves the reader there.
    if (reader.pos === bytes.length) return result;
  } catch (error) {
    cause = error;
  }
  throw unreadableModel(path, "it is damaged: a message in it can't be decoded", cause);
}
