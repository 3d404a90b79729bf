import { notFound } from "next/navigation";
import { listServerChannels, type ReadersQuery } from "#lib/channels/index.ts";
import type { ReadersView, ServerChannelsView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { fetchVersions } from "#lib/resolver/client.ts";
import type { CatalogEntryView } from "#lib/resolver/view.ts";
import { getVersion, listVersions } from "#lib/versions/index.ts";
import type { VersionDetailView, VersionSummaryView } from "#lib/versions/view.ts";
import { findReaders } from "../../../../../_parts/find-readers.ts";
import { toReadOptions } from "../../../../_parts/require-reader.ts";

export type ServerPage = {
  name: string;
  version: string;
  /** As the read API serves it now, checked against the registry's key; null when it does not resolve. */
  entry: CatalogEntryView | null;
  /** The record behind it, for people signed in who may see it. */
  detail: VersionDetailView | null;
  /** Every version of the server that the reader may see. */
  versions: VersionSummaryView[];
  resolving: CatalogEntryView[];
  /** The channels that show the server, for people signed in. */
  membership: ServerChannelsView | null;
  /** Some of those who resolved the version, for people who may know that, once clients could. */
  resolved: ReadersView | null;
};

/**
 * A server as the reader may see it: what resolves comes from the read API, so that this page can never show as
 * approved what clients would not get; the record comes from the control plane, for people who are signed in.
 * Ends in a 404, the same for missing and invisible.
 * @param readers which of those who resolved it.
 */
export async function loadServer(
  ctx: Ctx,
  name: string,
  wanted: string | null,
  readers: ReadersQuery,
): Promise<ServerPage> {
  const [resolving, versions] = await Promise.all([fetchVersions(name, toReadOptions(ctx)), listSeen(ctx, name)]);
  const latest = resolving.find((entry) => entry.official.isLatest) ?? resolving[0];
  const version = wanted ?? latest?.manifest.version ?? versions[0]?.version;
  if (version === undefined) notFound();
  const entry = resolving.find((candidate) => candidate.manifest.version === version) ?? null;
  const seen = versions.some((candidate) => candidate.version === version);
  const detail = seen ? await getVersion(ctx, { name, version }) : null;
  if (!entry && !detail) notFound();
  const [membership, resolved] = await Promise.all([
    versions.length > 0 ? listServerChannels(ctx, { name }) : null,
    detail?.publishedAt ? findReaders(ctx, { name, version }, readers) : null,
  ]);
  return { name, version, entry, detail, versions, resolving, membership, resolved };
}

async function listSeen(ctx: Ctx, name: string): Promise<VersionSummaryView[]> {
  if (ctx.actor.kind !== "person") return [];
  try {
    return await listVersions(ctx, { name });
  } catch (error) {
    if (isDomainError(error) && (error.code === "not-found" || error.code === "invalid-input")) return [];
    throw error;
  }
}
