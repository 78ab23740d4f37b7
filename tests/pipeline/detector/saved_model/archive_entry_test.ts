import { rejectsWith } from "./rejects_with.ts";
import { text, unpackEntries } from "./unpack_test_archive.ts";
import type { TestEntry } from "./write_tar_gz.ts";

const REFUSED: [entry: TestEntry, words: RegExp][] = [
  [{ name: "../saved_model.pb" }, /entry "\.\.\/saved_model\.pb" points out of the archive/],
  [{ name: "variables/../../x" }, /"variables\/\.\.\/\.\.\/x" points out/],
  [{ name: "/etc/passwd" }, /"\/etc\/passwd" points out/],
  [{ name: ".//etc/passwd" }, /points out/],
  [{ name: "C:\\x" }, /points out/],
  [{ name: "..\\x" }, /points out/],
  [{ name: "../", type: "5" }, /points out/],
  [{ name: "assets/../../x" }, /points out/],
  [
    { name: "saved_model.pb", type: "2", link: "/etc/passwd" },
    /neither a file nor a folder \(type "2"\)/,
  ],
  [{ name: "saved_model.pb", type: "1", link: "x" }, /"saved_model\.pb" is neither a file/],
  [{ name: "variables", type: "2", link: "/tmp" }, /"variables" is neither a file/],
  [{ name: "saved_model.pb", type: "3" }, /neither a file/],
  [{ name: "@LongLink", type: "L", bytes: text("x") }, /neither a file/],
  [{ name: "other.txt" }, /"other\.txt" is no part of a SavedModel/],
  [{ name: "other/", type: "5" }, /"other\/" is no part of a SavedModel/],
  [{ name: "a\x1b[2J" }, /"a\\u001b\[2J" is no part/],
  [{ name: "variables/variables.index" }, /"variables\/variables\.index" comes twice/],
  [{ name: "variables/", type: "5", bytes: text("x") }, /folder with 1 bytes/],
  [
    { name: "variables/variables.index", size: 17 * 2 ** 20 },
    /too large: 17825792 bytes, of at most 16777216/,
  ],
  [
    { name: "saved_model.pb", size: 8 ** 11 - 1 },
    /"saved_model\.pb" .* too large|too large: more than/,
  ],
  [{ name: "p", type: "x", bytes: text("23 path=saved_model.pb\n") }, /another "path"/],
  [{ name: "p", type: "x", bytes: text("11 size=12\n") }, /another "size"/],
  [{ name: "p", type: "g", size: 2 ** 21 }, /pax header in it is too large/],
  [{ name: "a", edit: (header) => header[150]++ }, /the checksum of a header/],
];

Deno.test("entries that do not belong in a SavedModel are refused, and nothing is left", async () => {
  for (const [entry, words] of REFUSED) await rejectsWith(unpackEntries(entry), words);
});

Deno.test("a size that is no octal number is refused", async () => {
  const edit = (header: Uint8Array): void => {
    // GNU tar's binary sizes; the checksum is made right again.
    header[124] = 0x80;
    header.set(text("        "), 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(text(sum.toString(8).padStart(6, "0") + "\0 "), 148);
  };
  await rejectsWith(unpackEntries({ name: "saved_model.pb", edit }), /not an octal number/);
});
