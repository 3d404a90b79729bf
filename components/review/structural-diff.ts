export type StructuralChange = {
  pointer: string;
  kind: "added" | "removed" | "changed";
  /** JSON text of the value on each side; null where there is none. */
  before: string | null;
  after: string | null;
};

type Found = (pointer: string, before: unknown, after: unknown) => void;

const absent = Symbol("absent");

/**
 * Differences of two JSON values by RFC 6901 pointer, blind to white space and to the order of members. Arrays are
 * compared by position. A value that is only on one side is given whole.
 */
export function structuralDiff(before: unknown, after: unknown): StructuralChange[] {
  const changes: StructuralChange[] = [];
  walk("", before, after, (pointer, left, right) => {
    const kind = left === absent ? "added" : right === absent ? "removed" : "changed";
    changes.push({ pointer, kind, before: toText(left), after: toText(right) });
  });
  return changes;
}

function walk(pointer: string, before: unknown, after: unknown, found: Found): void {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      walk(`${pointer}/${escapeKey(key)}`, memberOf(before, key), memberOf(after, key), found);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    for (let at = 0; at < length; at++) {
      walk(`${pointer}/${at}`, at in before ? before[at] : absent, at in after ? after[at] : absent, found);
    }
    return;
  }
  if (toText(before) !== toText(after)) found(pointer, before, after);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : absent;
}

function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function toText(value: unknown): string | null {
  return value === absent ? null : JSON.stringify(value, null, 2);
}
