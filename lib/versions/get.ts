import type { z } from "zod";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { readCountersignatures } from "#lib/versions/countersignature.ts";
import { pickLatest } from "#lib/versions/latest.ts";
import { ServerInput, VersionInput } from "#lib/versions/schemas.ts";
import {
  type DetailRow,
  findVisibleVersion,
  listKnownRoots,
  listLatestCandidates,
  listVisibleVersions,
} from "#lib/versions/store.ts";
import { toDetailView, toSummaryView } from "#lib/versions/to-view.ts";
import type { VersionDetailView, VersionSummaryView } from "#lib/versions/view.ts";
import { requireViewer, scopeOf } from "#lib/versions/visibility.ts";

/**
 * One version as its uploader, the namespace's people or, once published, anybody signed in may see it.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found`, the same for missing and invisible.
 */
export async function getVersion(ctx: Ctx, raw: VersionInput): Promise<VersionDetailView> {
  const actor = requireViewer(ctx);
  const { name, version } = parseInput(VersionInput, raw);
  const row = await getVisibleVersion(actor, name, version);
  const now = ctx.now();
  const latestId = pickLatest(await listLatestCandidates(null, row.serverId), now)?.id ?? null;
  const countersignatures = await readCountersignatures(
    ctx.registryId,
    row.approvals.map((approval) => approval.bundle),
  );
  const roots = await listKnownRoots(null);
  return toDetailView(row, { actor, latestId, now, countersignatures, roots });
}

/**
 * The versions of a server that the caller may see, newest first.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found` when there is none.
 */
export async function listVersions(ctx: Ctx, raw: z.input<typeof ServerInput>): Promise<VersionSummaryView[]> {
  const actor = requireViewer(ctx);
  const rows = await listVisibleVersions(scopeOf(actor), parseInput(ServerInput, raw).name);
  if (rows.length === 0) throw new DomainError("not-found", "There is no server of this name.");
  const now = ctx.now();
  const latestId = pickLatest(rows, now)?.id ?? null;
  const newestFirst = rows.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  return newestFirst.map((row) => toSummaryView(row, latestId, now));
}

/** @throws DomainError `not-found`, the same for missing and invisible. */
export async function getVisibleVersion(actor: Actor, name: string, version: string): Promise<DetailRow> {
  const row = await findVisibleVersion(scopeOf(actor), name, version);
  if (!row) throw versionNotFound();
  return row;
}

export function versionNotFound(): DomainError {
  return new DomainError("not-found", "There is no such version.");
}
