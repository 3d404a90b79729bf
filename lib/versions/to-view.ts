import { isAdmin, mayReview, ownsNamespace } from "#lib/access/authority.ts";
import type { Actor } from "#lib/core/context.ts";
import { readManifest } from "#lib/manifest/index.ts";
import type { Pin, ValidationIssue } from "#lib/manifest/view.ts";
import type { CountersignatureView } from "#lib/signing/view.ts";
import { toShownState } from "#lib/versions/shown-state.ts";
import { toSignatureView } from "#lib/versions/signature.ts";
import type { DetailRow, KnownRoots, SummaryRow } from "#lib/versions/store.ts";
import type { VersionDetailView, VersionSummaryView } from "#lib/versions/view.ts";

export function toSummaryView(row: SummaryRow, latestId: string | null, now: Date): VersionSummaryView {
  return {
    id: row.id,
    name: row.server.name,
    version: row.version,
    title: row.title,
    description: row.description,
    state: toShownState(row, now),
    deprecated: row.deprecated,
    isLatest: row.id === latestId,
    manifestDigest: row.manifestDigest,
    receivedAt: row.receivedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    statusMessage: row.statusMessage,
    uploader: row.uploaderLabel,
  };
}

export function toDetailView(
  row: DetailRow,
  at: {
    actor: Actor;
    latestId: string | null;
    now: Date;
    countersignatures: CountersignatureView[];
    roots: KnownRoots;
  },
): VersionDetailView {
  return {
    ...toSummaryView(row, at.latestId, at.now),
    manifest: readManifest(row.manifest),
    manifestText: new TextDecoder("utf-8").decode(row.manifest),
    pins: row.pins as Pin[],
    validation: row.validation as ValidationIssue[],
    signatures: row.bundles.map((bundle) => toSignatureView(bundle, at.roots)),
    countersignatures: at.countersignatures,
    may: toRights(row, at.actor),
  };
}

function toRights(row: DetailRow, actor: Actor): VersionDetailView["may"] {
  const namespace = row.server.namespace.name;
  const decides = mayReview(actor, namespace);
  return {
    withdraw: row.state === "pending" && mayWithdraw(row, actor),
    revoke: isRevocable(row) && (decides || isAdmin(actor)),
    reopen: isReopenable(row) && isAdmin(actor),
    review: row.state === "pending" && decides,
  };
}

/** The uploader, or an owner of the namespace as a person. A token withdraws only what it uploaded itself. */
export function mayWithdraw(row: SummaryRow, actor: Actor): boolean {
  if (actor.kind === "token") return actor.scopes.includes("publish") && row.uploaderTokenId === actor.tokenId;
  if (actor.kind !== "person") return false;
  return row.uploaderPersonId === actor.personId || ownsNamespace(actor, row.server.namespace.name);
}

/** Approved, expired or quarantined: whatever readers got or could get again. */
export function isRevocable({ state }: Pick<SummaryRow, "state">): boolean {
  return state === "approved" || state === "quarantined";
}

export function isReopenable({ state }: Pick<SummaryRow, "state">): boolean {
  return state === "rejected" || state === "withdrawn";
}
