import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";

const maxSuggestions = 3;
const maxLooked = 200;
const maxEdits = 2;

/**
 * Names that resolve and look like one that does not: the same in other letter case, the same server in another
 * namespace, a slip of the pen in the same namespace. Made from what the caller can see alone, so that it says nothing
 * about what is hidden.
 */
export function suggestNames(catalogue: CatalogueView, name: string): string[] {
  const wanted = name.toLowerCase();
  const [namespace = "", server = ""] = wanted.split("/");
  if (!namespace || !server || wanted.length > 200) return [];
  const found = new Set<string>();
  for (const candidate of look(catalogue, "", `/${server}`)) {
    if (candidate.toLowerCase().endsWith(`/${server}`)) found.add(candidate);
  }
  for (const candidate of look(catalogue, `${name.split("/")[0]}/`, null)) {
    if (!candidate.toLowerCase().startsWith(`${namespace}/`)) break;
    if (countEdits(candidate.toLowerCase(), wanted) <= maxEdits) found.add(candidate);
  }
  found.delete(name);
  const byLikeness = (a: string, b: string) =>
    countEdits(a.toLowerCase(), wanted) - countEdits(b.toLowerCase(), wanted);
  return [...found].sort(byLikeness).slice(0, maxSuggestions);
}

function* look(catalogue: CatalogueView, from: string, search: string | null): Generator<string> {
  let looked = 0;
  for (const { name, latest } of catalogue.shelvesFrom(from, search)) {
    if (latest) yield name;
    if (++looked === maxLooked) return;
  }
}

/** Levenshtein distance, or more than `maxEdits` as soon as the lengths alone say so. */
function countEdits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > maxEdits) return maxEdits + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const swap = (row[j] ?? 0) + Number(char !== b[j]);
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
