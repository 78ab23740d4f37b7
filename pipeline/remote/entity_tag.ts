/**
 * An ETag as manifests name it, without its quotes: `"abc"` is `abc`, `W/"abc"` is `W/abc`.
 *
 * @param tag The header.
 * @returns The version.
 */
export function tagVersion(tag: string): string {
  return tag.replaceAll('"', "");
}

/**
 * The ETag of a version, as `If-Match` wants it.
 *
 * @param version What `tagVersion` gave, of a strong tag.
 * @returns The tag in quotes.
 */
export function versionTag(version: string): string {
  return `"${version}"`;
}
