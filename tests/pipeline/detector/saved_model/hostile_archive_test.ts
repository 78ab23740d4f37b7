import { rejectsWith } from "./rejects_with.ts";
import { text, unpackEntries } from "./unpack_test_archive.ts";
import { gnuLongName, pax, type TestEntry } from "./write_tar_gz.ts";

const LINK = /is a link, or nothing with bytes: pack the files themselves/;
const REFUSED: [entry: TestEntry, words: RegExp][] = [
  [{ name: "../saved_model.pb" }, /entry "\.\.\/saved_model\.pb" points out of the archive/],
  [{ name: "variables/../../x" }, /"variables\/\.\.\/\.\.\/x" points out/],
  [{ name: "/etc/passwd" }, /"\/etc\/passwd" points out/],
  [{ name: "C:\\x" }, /points out/],
  [{ name: "..\\x" }, /points out/],
  [{ name: "../", type: "5" }, /points out/],
  [{ name: "assets/../../x" }, /points out/],
  [{ name: "../a\x1b[2J" }, /"\.\.\/a\\u001b\[2J" points out/],
  [pax("path", "../../x"), /"\.\.\/\.\.\/x" points out/],
  [gnuLongName("../x"), /"\.\.\/x" points out/],
  [{ name: "saved_model.pb", type: "2", link: "/etc/passwd" }, LINK],
  [{ name: "a/saved_model.pb", type: "1", link: "x" }, LINK],
  [{ name: "variables", type: "2", link: "/tmp" }, LINK],
  [{ name: "saved_model.pb", type: "3" }, LINK],
  [{ name: "variables/variables.index" }, /"\.\/variables\/variables\.index" comes twice/],
  [{ name: "x", size: 8 ** 11 - 1 }, /too large: more than 536870912 bytes at its entry "x"/],
  [pax("size", "8589934591"), /too large: more than/],
  [
    { name: "p", type: "x", bytes: text("11 size=-2\n") },
    /the size of its entry .* no whole number/,
  ],
  [{ name: "p", type: "x", bytes: text("13 path=abc\n") }, /a pax header .* can't be read/],
  [{ name: "p", type: "x", bytes: text("0 path=abc\n") }, /a pax header .* can't be read/],
  [pax("path", "abc", "g"), /all entries the same name or size/],
  [pax("GNU.sparse.major", "1"), /with holes: .*--sparse/],
  [{ name: "saved_model.pb", type: "S" }, /with holes: .*--sparse/],
  [{ name: "p", type: "g", size: 2 ** 21 }, /a header in it is too large: 2097152 bytes/],
  [{ name: "p", type: "L", size: 2 ** 21 }, /a header in it is too large/],
  [{ name: "a", edit: (header) => header[150]++ }, /what is packed in it is no tar archive/],
];

Deno.test("what no honest archive has is refused, and nothing is left", async () => {
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
  await rejectsWith(unpackEntries({ name: "saved_model.pb", edit }), /is no whole number/);
});
