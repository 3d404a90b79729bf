import { config } from "#lib/config/index.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { APPROVAL_META_KEY, OFFICIAL_META_KEY } from "#lib/core/identifiers.ts";
import { toManifestView } from "#lib/manifest/index.ts";
import { type ReadAddress, readJson, readText } from "#lib/resolver/client-request.ts";
import type { ApprovalMeta, CatalogEntryView, CatalogPageView, OfficialMeta } from "#lib/resolver/view.ts";

/** One entry of the read API, as our own read plane writes it. */
type WireEntry = {
  server: unknown;
  _meta: { [OFFICIAL_META_KEY]: OfficialMeta; [APPROVAL_META_KEY]: ApprovalMeta };
};
type WireList = { servers: WireEntry[]; metadata: { count: number; nextCursor?: string } };

export type ReadOptions = {
  /** For somebody who is not signed in: what the default channel shows to anybody, instead of everything. */
  visitor?: boolean;
};
export type CatalogQuery = ReadOptions & { search?: string; cursor?: string; limit?: number };
export type EntryOptions = ReadOptions & {
  /** Also revoked, quarantined and expired versions, whose status is `deleted`. */
  includeDeleted?: boolean;
};

/**
 * Whether a visitor who is not signed in sees anything: the default channel is there and open to everybody.
 * @throws DomainError `unavailable`.
 */
export async function isOpenToVisitors(): Promise<boolean> {
  const refusals: readonly unknown[] = ["unauthenticated", "forbidden"];
  try {
    return (await read("/servers?limit=1", { visitor: true })) !== null;
  } catch (error) {
    if (isDomainError(error) && refusals.includes(error.code)) return false;
    throw error;
  }
}

/**
 * One page of servers by their latest version: the same set as the API, because it comes from the API.
 * @throws DomainError `bad-request` or `invalid-input` for a cursor or search that is not valid; `unavailable`; for a
 *   visitor `unauthenticated` or `forbidden` where the default channel is not open to everybody.
 */
export async function fetchCatalog(query: CatalogQuery = {}): Promise<CatalogPageView> {
  const parameters = new URLSearchParams({ version: "latest", limit: String(query.limit ?? 30) });
  if (query.search) parameters.set("search", query.search);
  if (query.cursor) parameters.set("cursor", query.cursor);
  const list = (await read(`/servers?${parameters}`, query)) as WireList | null;
  const entries = list?.servers.map(toEntryView) ?? [];
  return { entries, count: entries.length, nextCursor: list?.metadata.nextCursor ?? null };
}

/**
 * Every version shown of a server, newest first; empty when there is none or no such server.
 * @throws DomainError `unavailable`.
 */
export async function fetchVersions(name: string, options: EntryOptions = {}): Promise<CatalogEntryView[]> {
  const list = (await read(
    `/servers/${encodeURIComponent(name)}/versions${toQuery(options)}`,
    options,
  )) as WireList | null;
  return list?.servers.map(toEntryView) ?? [];
}

/**
 * One version, or null when it is not shown.
 * @param version an exact version or `latest`.
 * @throws DomainError `unavailable`.
 */
export async function fetchEntry(
  name: string,
  version: string,
  options: EntryOptions = {},
): Promise<CatalogEntryView | null> {
  const path = `/servers/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}${toQuery(options)}`;
  const entry = (await read(path, options)) as WireEntry | null;
  return entry && toEntryView(entry);
}

/**
 * The exact manifest bytes of a version that is shown, decoded as UTF-8, or null.
 * @param digest `sha256:` and hexadecimal digits. What comes back is not hashed again: the read plane did.
 * @throws DomainError `unavailable`.
 */
export async function fetchManifestText(digest: string, options: ReadOptions = {}): Promise<string | null> {
  return await readText(readPlane(options), `/v0.1/x/countersign/manifest/${encodeURIComponent(digest)}`);
}

function read(path: string, options: ReadOptions): Promise<unknown> {
  return readJson(readPlane(options), `/v0.1${path}`);
}

function readPlane({ visitor = false }: ReadOptions): ReadAddress {
  const { readAddress, publicUrl, readSecret } = config();
  return { address: readAddress, publicUrl, secret: readSecret, visitor };
}

function toQuery({ includeDeleted }: EntryOptions): string {
  return includeDeleted ? "?include_deleted=true" : "";
}

function toEntryView({ server, _meta }: WireEntry): CatalogEntryView {
  return { manifest: toManifestView(server), official: _meta[OFFICIAL_META_KEY], approval: _meta[APPROVAL_META_KEY] };
}
