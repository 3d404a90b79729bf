export type JsonPath = readonly (string | number)[];

/** RFC 6901 pointer to a place in a JSON document; the empty string is the whole document. */
export function toPointer(path: JsonPath): string {
  return path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
