export type Keyed<Value> = { key: string; value: Value; pointer: string };

export type KeyedChange<Value> = {
  key: string;
  kind: "added" | "removed" | "changed";
  from: Keyed<Value> | null;
  to: Keyed<Value> | null;
  /** In the new document; null for something removed. */
  pointer: string | null;
};

/**
 * Differences between two lists whose entries have names, in the order of the new list, then what was removed. Entries
 * that share a key are told apart by their order, so nothing hides behind a duplicate.
 */
export function compareKeyed<Value>(
  before: readonly Keyed<Value>[],
  after: readonly Keyed<Value>[],
  describe: (value: Value) => string,
): KeyedChange<Value>[] {
  const old = new Map(numberDuplicates(before).map((entry) => [entry.key, entry]));
  const changes: KeyedChange<Value>[] = [];
  for (const to of numberDuplicates(after)) {
    const from = old.get(to.key) ?? null;
    old.delete(to.key);
    if (from && describe(from.value) === describe(to.value)) continue;
    changes.push({ key: to.key, kind: from ? "changed" : "added", from, to, pointer: to.pointer });
  }
  for (const from of old.values()) changes.push({ key: from.key, kind: "removed", from, to: null, pointer: null });
  return changes;
}

/** The second `x` becomes `x (2)`. */
export function numberDuplicates<Value>(entries: readonly Keyed<Value>[]): Keyed<Value>[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const count = (seen.get(entry.key) ?? 0) + 1;
    seen.set(entry.key, count);
    return count === 1 ? entry : { ...entry, key: `${entry.key} (${count})` };
  });
}
