/** One fact of an event: where it stands in the body, and its value as text. */
export type EventFact = { path: string; value: string };

/**
 * Every leaf of an event's body in the order it stands there, so that a page can show all of it. A list of plain values
 * is one fact; an empty one says so. Never throws: text that is no JSON object has no facts.
 */
export function flattenBody(body: string): EventFact[] {
  const value = parse(body);
  return value === null ? [] : walk("", value);
}

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function walk(prefix: string, value: unknown): EventFact[] {
  if (Array.isArray(value)) {
    if (!value.some((item) => typeof item === "object" && item !== null)) {
      return [{ path: prefix, value: value.length === 0 ? "none" : value.map(String).join(", ") }];
    }
    return value.flatMap((item, at) => walk(`${prefix}[${at}]`, item));
  }
  if (isObject(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 && prefix !== "") return [{ path: prefix, value: "none" }];
    return entries.flatMap(([key, item]) => walk(prefix === "" ? key : `${prefix}.${key}`, item));
  }
  return [{ path: prefix, value: value === null ? "none" : String(value) }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
