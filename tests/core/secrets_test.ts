import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../core/errors.ts";
import { holdsSecrets, withoutSecrets } from "../../core/secrets.ts";
import { connectionFault } from "../../pipeline/places/remote_fault.ts";

const HUSH = "hUsh123";

/** Addresses that hold a secret, and what may be shown of them. */
const CASES: [address: string, shown: string][] = [
  [`https://me:${HUSH}@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https://${HUSH}@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https://me:p@${HUSH}@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https://me:p/${HUSH}@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https://me:p?${HUSH}#x@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https://me:'${HUSH}'@sea.org/a.wav`, "https://sea.org/a.wav"],
  [`https:/me:${HUSH}@sea.org/a.wav`, "https:/sea.org/a.wav"],
  [`HTTPS://me:${HUSH}@sea.org:8443/a.wav`, "HTTPS://sea.org:8443/a.wav"],
  [`s3://key:${HUSH}@bucket/prefix`, "s3://bucket/prefix"],
  [`ftp://me:${HUSH}@sea.org/`, "ftp://sea.org/"],
  [`docker://me:${HUSH}@registry/image:1`, "docker://registry/image:1"],
  [
    `https://sea.org/{YYYYMMDD}.wav?X-Amz-Expires=9&X-Amz-Signature=${HUSH}`,
    "https://sea.org/{YYYYMMDD}.wav",
  ],
  [
    `https://a.blob.net/c/a.wav?sv=2021&se=2022&sr=c&sp=r&sig=${HUSH}%3D`,
    "https://a.blob.net/c/a.wav",
  ],
  [`https://sea.org/get?file=7.wav&access_key=${HUSH}`, "https://sea.org/get?file=7.wav"],
  [`https://sea.org/get?access_key=${HUSH}&file=7.wav`, "https://sea.org/get?file=7.wav"],
  [`https://sea.org/get?ACCESS-KEY=${HUSH}`, "https://sea.org/get"],
  [`https://sea.org/get?%73ig=${HUSH}`, "https://sea.org/get"],
  [`https://sea.org/get?id=1;pwd=${HUSH}`, "https://sea.org/get?id=1"],
  [`https://sea.org/get?id=1&amp;apikey=${HUSH}`, "https://sea.org/get?id=1"],
  [`https://sea.org/a#access_token=${HUSH}`, "https://sea.org/a"],
  [`https://sea.org/a;jsessionid=${HUSH}/b.wav`, "https://sea.org/a/b.wav"],
  [`https://cdn.net/a?Expires=1&Policy=x&Signature=${HUSH}&Key-Pair-Id=K`, "https://cdn.net/a"],
  [
    `https://proxy/?u=https://me:${HUSH}@sea.org/a?sig=${HUSH}`,
    "https://proxy/?u=https://sea.org/a",
  ],
  [
    `https://proxy/?u=${encodeURIComponent(`https://me:${HUSH}@sea.org/a?sig=${HUSH}`)}`,
    `https://proxy/?u=${encodeURIComponent("https://sea.org/a")}`,
  ],
  [`file:///home/https:/me:${HUSH}@sea.org/a.wav`, "file:///home/https:/sea.org/a.wav"],
];

/** Texts that hold none, and stay as they are. */
const PLAIN = [
  "https://sea.org/get?id=7&file=a.wav",
  "https://sea.org/get?author=me&keyword=whale&design=1&si=3",
  "http://127.0.0.1:7070/a@b/c.wav",
  "C:/Users/me@home/a.wav and \\\\server\\share",
  "mail me@sea.org, see https://sea.org/a, or not.",
  '{"uri":"https://sea.org","mail":"me@sea.org"}',
  "s3://bucket/prefix@2021/a.wav",
  "is 50% of https://sea.org/%zz?a=%zz",
];

Deno.test("what lets in who knows it is taken out of an address, wherever a text holds it", () => {
  const texts: ((address: string) => string)[] = [
    (address) => address,
    (address) => `Cannot read ${address}.`,
    (address) => `error sending request for url (${address}): broken`,
    (address) => `megaptera batch-status --out '${address}' --watch`,
    (address) => JSON.stringify({ message: `it was ${address}`, other: ["me@sea.org"] }),
    (address) => `<a href="${address}">${address}</a>`,
    (address) => `${address}\n${address}, ${address}; ${address}`,
  ];
  for (const [address, shown] of CASES) {
    for (const text of texts) {
      assert.equal(withoutSecrets(text(address)), text(shown));
      assert.ok(holdsSecrets(text(address)));
    }
  }
});

Deno.test("all else stays as it is, and a text without secrets is not changed again", () => {
  for (const text of PLAIN) assert.equal(withoutSecrets(text), text);
  const pieces = [
    "https://",
    "s3:/",
    "me:",
    "@",
    "/",
    "?",
    "sig=",
    "id=",
    "&",
    ";",
    "#",
    ".",
    " ",
    "x",
  ];
  const texts = fc.array(fc.oneof(fc.constantFrom(...pieces, "%40", '"', "\\", "'"), fc.string()));
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("");
      const once = withoutSecrets(text);
      assert.equal(withoutSecrets(once), once);
      if (!text.includes(":/")) assert.equal(once, text);
    }),
    { numRuns: 2000, examples: [[["https://", ";", "sig=", "/@"]]] },
  );
});

Deno.test("a long text takes no time: a page with sound in it is one", () => {
  const long = "a+.-".repeat(2_000_000) + ":/" + "x@".repeat(100_000) + "?sig=1&".repeat(10_000);
  assert.ok(withoutSecrets(long).length < long.length);
});

Deno.test("faults of connections and of certificates name the server, and nothing that lets in", () => {
  const url = `https://me:${HUSH}@sea.org/a.wav?sig=${HUSH}`;
  for (const why of ["invalid peer certificate: UnknownIssuer", "tls handshake eof", "odd"]) {
    const cause = new Error(`error sending request for url (${url}): client error: ${why}`);
    const { message } = connectionFault(new TypeError("fetch failed", { cause }));
    assert.ok(!message.includes(HUSH), message);
    assert.ok(message.includes(why) || /broke off/.test(message), message);
    const told = new MegapteraError("retry", `Cannot read ${url} as ${cause.message}.`, { cause });
    assert.ok(!told.message.includes(HUSH), told.message);
  }
});
