/** Names of fields that sign an address, or let in who knows them: Amazon's, Google's, Azure's, others'. */
const SECRET = new RegExp(
  "^x-(amz|goog)-|accesskeyid$|^googleaccessid$|^key-pair-id$|signature|token|secret|passw|" +
    "credential|sessionid|jwt|hmac|(^|[-_.])(sig|sign|key|auth|authorization|pass|pwd|sid)$|" +
    "(api|access|account|shared|private)[-_.]?key$",
  "i",
);
/** Names of fields that come with a signature, and change from one day to the next. */
const COMPANION =
  /^(expires?|expiry|policy|s[rstv]|s[ept]|srt|spr|sip|si|sdd|s[ac]oid|suoid|scid|sk(oid|tid|[tesv])|rsc[cdelt])$/i;
/** User and password of an address, also where their signs are not what an address allows. */
const USER =
  /\b([a-z][a-z0-9+.-]{1,20}:\/{1,3})(?:(?:\\.|[^\s/?#"<>\\])*@|[^\s/?#@:"<>]*:[^\s/?#@\d"<>][^\s@"<>]*@)/gi;
/** An address: up to its fields, and these. Some tools take fewer slashes. */
const ADDRESS = /\b([a-z][a-z0-9+.-]{1,20}:\/{1,3}[^\s"<>?#]*)([?#][^\s"<>]*)?/gi;

/**
 * Takes what lets in who knows it out of a text: of each address in it user and password, and the fields
 * that sign it. All that leaves the process goes through here: messages, logs, manifests, reports.
 *
 * @param text Any text, or an address.
 * @returns The text with those parts left out, and all else as it was.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withoutSecrets } from "./secrets.ts";
 * const said = withoutSecrets("Cannot read https://me:pw@sea.org/a.wav?id=7&X-Amz-Signature=f00.");
 * assert.equal(said, "Cannot read https://sea.org/a.wav?id=7.");
 * ```
 */
export function withoutSecrets(text: string): string {
  if (!text.includes(":/")) return text;
  const shown = withoutOnce(text);
  // What is left may read as an address with a user only now: `https://;sig=/@`.
  return shown.length < text.length ? withoutSecrets(shown) : shown;
}

function withoutOnce(text: string): string {
  return text.replace(USER, "$1").replace(ADDRESS, (_, path: string, fields: string = "") => {
    // A sentence may go on behind it.
    const end = /[.,:;)\]}'`]*$/.exec(fields)![0];
    const shown = path.replace(
      /;([^=/;]+)=[^/;]*/g,
      (parameter, name: string) => isSecret(name) ? "" : parameter,
    );
    return shown + withoutFields(fields.slice(0, fields.length - end.length)) + end;
  });
}

/**
 * Tells whether a text holds what `withoutSecrets` would take out.
 *
 * @param text Any text, or an address.
 */
export function holdsSecrets(text: string): boolean {
  return withoutSecrets(text) !== text;
}

/** Takes secrets out of what follows an address's path, with the signs before each field. */
function withoutFields(text: string): string {
  const fields = text.match(/(?:&amp;|[?&;#])[^?&;#]*/g) ?? [];
  const named = fields.map((field) => {
    const [, sign, name, value] = /^(&amp;|[?&;#])([^=]*)(.*)$/s.exec(field)!;
    return { sign, name: decoded(name), field, value };
  });
  const isSigned = named.some(({ name }) => isSecret(name));
  const kept = named
    .filter(({ name }) => !isSecret(name) && !(isSigned && COMPANION.test(name)))
    .map(({ sign, name, field, value }) => {
      // An address may stand within another.
      const inner = decoded(value);
      return holdsSecrets(inner)
        ? `${sign}${name}=${encodeURIComponent(withoutSecrets(inner.slice(1)))}`
        : field;
    });
  if (kept.length === fields.length) return kept.join("");
  return kept.join("").replace(/^(?:&amp;|[&;])/, "?");
}

function isSecret(name: string): boolean {
  return SECRET.test(decoded(name));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
