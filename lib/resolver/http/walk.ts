import { hash } from "node:crypto";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { compareText, type Shelf } from "#lib/resolver/catalogue/shelf.ts";
import { type Cursor, encodeCursor, type Place } from "#lib/resolver/http/cursor.ts";
import { PartedBody } from "#lib/resolver/http/parted-body.ts";
import type { ListFilter } from "#lib/resolver/http/query.ts";

/** A list ready to send. `etag` depends on nothing but what the body shows; `looked` are the servers looked at for it. */
export type ListBody = { body: PartedBody; etag: string; looked?: number };

export type PageRequest = {
  after: Place | null;
  filter: ListFilter;
  /** With `updatedSince` alone: the ledger's time after which changes are left to the next walk. */
  until: number | null;
  limit: number;
};

/** One page of the catalogue. A cursor follows only when another entry does. */
export function listPage(catalogue: CatalogueView, { limit, ...request }: PageRequest): ListBody {
  const work = { looked: 0 };
  const page = entriesAfter(catalogue, request, work, limit + 1);
  const next = page.length > limit ? { ...request, after: placeOf(page[limit - 1]) } : null;
  return { ...listBody(page.slice(0, limit), next), ...work };
}

/**
 * Entries that match, by name, then by version, both as text. Starts right after the given place.
 * @param work counts the servers looked at.
 * @param limit looks no further when so many are found.
 */
export function entriesAfter(
  catalogue: CatalogueView,
  { after, filter, until }: Omit<PageRequest, "limit">,
  work = { looked: 0 },
  limit = Infinity,
): Entry[] {
  const found: Entry[] = [];
  for (const shelf of catalogue.shelvesFrom(after?.name ?? "", filter)) {
    work.looked++;
    if (filter.updatedSince !== null && shelf.updatedAt <= filter.updatedSince) continue;
    const passed = shelf.name === after?.name ? after.version : null;
    for (const entry of filter.updatedSince === null ? shelf.entries : shelf.recorded) {
      if (passed !== null && compareText(entry.facts.version, passed) <= 0) continue;
      if (matches(entry, filter) && (until === null || entry.facts.updatedAt <= until)) found.push(entry);
      if (found.length === limit) return found;
    }
  }
  return found;
}

/** Every version of a server, newest first, or null when there is none to show. */
export function listVersions(shelf: Shelf | null, includeDeleted: boolean): ListBody | null {
  const shown = shelf?.entries.filter((entry) => isShown(entry, includeDeleted)) ?? [];
  return shown.length === 0 ? null : listBody(shown.sort(newestFirst), null);
}

/** Hidden versions are shown only to those who ask for deleted ones. */
export function isShown(entry: Entry, includeDeleted: boolean): boolean {
  return includeDeleted || entry.status !== "deleted";
}

function matches(entry: Entry, filter: ListFilter): boolean {
  if (!isShown(entry, filter.includeDeleted)) return false;
  if (filter.updatedSince !== null && entry.facts.updatedAt <= filter.updatedSince) return false;
  if (filter.search !== null && !entry.facts.searchText.includes(filter.search)) return false;
  return filter.version === "latest"
    ? entry.isLatest
    : filter.version === null || entry.facts.version === filter.version;
}

function newestFirst(a: Entry, b: Entry): number {
  return b.facts.publishedAt - a.facts.publishedAt || compareText(b.facts.version, a.facts.version);
}

function placeOf(entry: Entry | undefined): Place {
  return { name: entry?.facts.name ?? "", version: entry?.facts.version ?? "" };
}

const start = Buffer.from('{"servers":[');
const comma = Buffer.from(",");

function listBody(entries: readonly Entry[], next: Cursor | null): ListBody {
  const nextCursor = next ? encodeCursor(next) : undefined;
  const metadata = JSON.stringify({ count: entries.length, nextCursor });
  const parts: Buffer[] = [start];
  let tags = "";
  for (const entry of entries) {
    if (parts.length > 1) parts.push(comma);
    parts.push(entry.body);
    tags += entry.etag;
  }
  parts.push(Buffer.from(`],"metadata":${metadata}}`));
  return { body: new PartedBody(parts), etag: `"${hash("sha256", tags + metadata, "base64url")}"` };
}
