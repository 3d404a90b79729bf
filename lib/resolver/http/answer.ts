import { DomainError } from "#lib/core/errors.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { compareText } from "#lib/resolver/catalogue/shelf.ts";
import { decodeCursor } from "#lib/resolver/http/cursor.ts";
import { type ListFilter, readFilter, readIncludeDeleted, readLimit } from "#lib/resolver/http/query.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import { suggestNames } from "#lib/resolver/http/suggest.ts";
import { isShown, listPage, listVersions } from "#lib/resolver/http/walk.ts";

/**
 * An empty list is an answer, not an error.
 * @param syncedUntil the ledger's time up to which the catalogue has every change.
 * @throws DomainError for parameters that are not valid; `unavailable` for a walk that a reader further ahead began.
 */
export function answerList(catalogue: CatalogueView, query: URLSearchParams, syncedUntil: number): Reply {
  const limit = readLimit(query);
  const filter = readFilter(query);
  const cursor = query.get("cursor");
  // The cursor's own filter wins: some clients send only half of theirs from the second page on.
  const from = cursor ? decodeCursor(cursor) : firstPage(filter, syncedUntil);
  if (from.until !== null && from.until > syncedUntil) {
    throw new DomainError("unavailable", "This reader is behind the one that began this walk.", {
      retryAfterSeconds: 1,
    });
  }
  return toReply(listPage(catalogue, { ...from, limit }));
}

function firstPage(filter: ListFilter, syncedUntil: number) {
  return { after: null, filter, until: filter.updatedSince === null ? null : syncedUntil };
}

/** @throws DomainError `not-found`, the same for a server that is hidden and one that never was. */
export function answerVersions(catalogue: CatalogueView, name: string, query: URLSearchParams): Reply {
  const list = listVersions(catalogue.find(name), readIncludeDeleted(query));
  if (!list) throw serverNotFound(catalogue, name);
  return toReply(list);
}

/** @throws DomainError `not-found`, the same for a version that is hidden and one that never was. */
export function answerVersion(catalogue: CatalogueView, name: string, version: string, query: URLSearchParams): Reply {
  const entry = findEntry(catalogue, name, version, readIncludeDeleted(query));
  if (!entry) throw serverNotFound(catalogue, name);
  return { ...toReply(entry), resolved: { name, version: entry.facts.version } };
}

function serverNotFound(catalogue: CatalogueView, name: string): DomainError {
  const [first, ...more] = catalogue.find(name)?.latest ? [] : suggestNames(catalogue, name);
  if (!first) return new DomainError("not-found", "Server not found");
  const suggestions = [first, ...more];
  return new DomainError("not-found", `Server not found. Did you mean ${first}?`, { extensions: { suggestions } });
}

/** @param version an exact version or `latest`, which only a resolvable version can be. */
export function findEntry(
  catalogue: CatalogueView,
  name: string,
  version: string,
  includeDeleted: boolean,
): Entry | undefined {
  const shelf = catalogue.find(name);
  if (version === "latest") return shelf?.latest ?? undefined;
  const entry = shelf && findByVersion(shelf.entries, version);
  return entry && isShown(entry, includeDeleted) ? entry : undefined;
}

/** @param entries ordered by version as text. */
function findByVersion(entries: readonly Entry[], version: string): Entry | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareText(entries[middle]?.facts.version ?? "", version) < 0) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.facts.version === version ? entries[low] : undefined;
}

function toReply({ body, etag, looked }: Pick<Reply, "body" | "looked"> & { etag: string }): Reply {
  return { status: 200, contentType: jsonType, body, etag, encodable: true, looked };
}
