import { DomainError } from "#lib/core/errors.ts";
import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { decodeCursor } from "#lib/resolver/http/cursor.ts";
import { type ListFilter, readFilter, readIncludeDeleted, readLimit } from "#lib/resolver/http/query.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import { isShown, type ListBody, listPage, listVersions } from "#lib/resolver/http/walk.ts";

/**
 * An empty list is an answer, not an error.
 * @param syncedUntil the ledger's time up to which the catalogue has every change.
 * @throws DomainError for parameters that are not valid; `unavailable` for a walk that a reader further ahead began.
 */
export function answerList(catalogue: Catalogue, query: URLSearchParams, syncedUntil: number): Reply {
  const limit = readLimit(query);
  const filter = readFilter(query);
  const cursor = query.get("cursor");
  // The cursor's own filter wins: some clients send only half of theirs from the second page on.
  const from = cursor ? decodeCursor(cursor) : firstPage(filter, syncedUntil);
  if (from.until !== null && from.until > syncedUntil) {
    throw new DomainError("unavailable", "This reader is behind the one that began this walk.", {
      retryAfterSeconds: 1,
      log: "a walk began at a reader further ahead",
    });
  }
  return toReply(listPage(catalogue, { ...from, limit }));
}

function firstPage(filter: ListFilter, syncedUntil: number) {
  return { after: null, filter, until: filter.updatedSince === null ? null : syncedUntil };
}

/** @throws DomainError `not-found`, the same for a server that is hidden and one that never was. */
export function answerVersions(catalogue: Catalogue, name: string, query: URLSearchParams): Reply {
  const list = listVersions(catalogue.find(name), readIncludeDeleted(query));
  if (!list) throw new DomainError("not-found", "Server not found");
  return toReply(list);
}

/** @throws DomainError `not-found`, the same for a version that is hidden and one that never was. */
export function answerVersion(catalogue: Catalogue, name: string, version: string, query: URLSearchParams): Reply {
  const entry = findEntry(catalogue, name, version, readIncludeDeleted(query));
  if (!entry) throw new DomainError("not-found", "Server not found");
  return toReply(entry);
}

/** @param version an exact version or `latest`, which only a resolvable version can be. */
export function findEntry(
  catalogue: Catalogue,
  name: string,
  version: string,
  includeDeleted: boolean,
): Entry | undefined {
  const shelf = catalogue.find(name);
  if (version === "latest") return shelf?.latest ?? undefined;
  return shelf?.entries.find((entry) => entry.facts.version === version && isShown(entry, includeDeleted));
}

function toReply({ body, etag }: ListBody): Reply {
  return { status: 200, contentType: jsonType, body, etag };
}
