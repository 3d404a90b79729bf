import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import { countEdits } from "#lib/resolver/http/count-edits.ts";

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
  const found = new Map<string, number>();
  const editsOf = (candidate: string) => countEdits(candidate.toLowerCase(), wanted, maxEdits);
  for (const candidate of look(catalogue, "", `/${server}`)) {
    if (candidate.toLowerCase().endsWith(`/${server}`)) found.set(candidate, editsOf(candidate));
  }
  for (const candidate of look(catalogue, `${name.split("/")[0]}/`, null)) {
    if (!candidate.toLowerCase().startsWith(`${namespace}/`)) break;
    const edits = editsOf(candidate);
    if (edits <= maxEdits) found.set(candidate, edits);
  }
  found.delete(name);
  const likest = [...found].sort(([, a], [, b]) => a - b);
  return likest.slice(0, maxSuggestions).map(([candidate]) => candidate);
}

function* look(catalogue: CatalogueView, from: string, search: string | null): Generator<string> {
  let looked = 0;
  for (const { name, latest } of catalogue.shelvesFrom(from, { search })) {
    if (latest) yield name;
    if (++looked === maxLooked) return;
  }
}
