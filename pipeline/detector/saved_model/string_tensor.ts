import { ByteCursor } from "./byte_cursor.ts";
import { crc32c, maskCrc32c } from "./crc32c.ts";
import { unreadableModel } from "./unreadable_model.ts";

/**
 * Decodes a string tensor of one element as TensorFlow stores it: the length as a varint, the
 * masked CRC-32C of the length as four bytes, the string. Its checksum is over the length as four
 * bytes and all that follows the varint (tensorflow/core/util/tensor_bundle/tensor_bundle.cc).
 *
 * @param bytes The tensor as stored.
 * @param checksum The masked CRC-32C that the index gives for it.
 * @param path The file that it is of, for the fault's sentence.
 * @returns The string's bytes, not copied.
 * @throws {MegapteraError} `data` where the lengths or the checksums do not fit.
 */
export function decodeString(bytes: Uint8Array, checksum: number, path: string): Uint8Array {
  const cursor = new ByteCursor(bytes, path);
  const length = cursor.varint();
  const lengthChecksum = cursor.take(4);
  const text = cursor.take(length);
  const lengthBytes = new Uint8Array(4);
  new DataView(lengthBytes.buffer).setUint32(0, length, true);
  const crc = crc32c(text, crc32c(lengthChecksum, crc32c(lengthBytes)));
  // The second checksum covers the first one too.
  if (!cursor.isAtEnd || maskCrc32c(crc) !== checksum) {
    throw unreadableModel(path, "it is damaged: the checksum of its object graph is wrong");
  }
  return text;
}
