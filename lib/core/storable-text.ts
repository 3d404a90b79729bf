import type { JsonPath } from "#lib/core/json-pointer.ts";

type Found = { path: JsonPath; value: unknown };

/**
 * Finds text that no database column can hold, wherever in a value: NUL, or half of a surrogate pair. Bytes are left
 * alone. Not recursive and each object once, because how deep a value goes, and whether in circles as the pages'
 * framework allows, is up to who sent it.
 * @returns where the first one found is, a key counting as its value; null when there is none.
 */
export function findUnstorableText(root: unknown): JsonPath | null {
  const waiting: Found[] = [{ path: [], value: root }];
  const seen = new Set<unknown>();
  for (let found = waiting.pop(); found; found = waiting.pop()) {
    const { path, value } = found;
    if (typeof value === "object" && seen.has(value)) continue;
    seen.add(value);
    if (typeof value === "string" && !isStorable(value)) return path;
    for (const [key, child] of childrenOf(value)) {
      if (typeof key === "string" && !isStorable(key)) return path;
      waiting.push({ path: path.length < maxPath ? [...path, key] : path, value: child });
    }
  }
  return null;
}

/** Longer paths say no more, and would cost the square of the depth. */
const maxPath = 16;

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function childrenOf(value: unknown): Iterable<[string | number, unknown]> {
  if (Array.isArray(value)) return value.entries();
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value);
}
