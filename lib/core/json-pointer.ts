export type JsonPath = readonly (string | number)[];

/** Longer than any a person would look for; names in a document may be as long as the document. */
const maxPointerChars = 1000;

/**
 * RFC 6901 pointer to a place in a JSON document; the empty string is the whole document. One beyond 1,000 characters is
 * cut and ends in `…`: it tells a person where to look, and nothing finds the place by it.
 */
export function toPointer(path: JsonPath): string {
  const pointer = path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return pointer.length <= maxPointerChars ? pointer : `${pointer.slice(0, maxPointerChars).toWellFormed()}…`;
}
