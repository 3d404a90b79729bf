import type { TokenRow } from "#lib/access/tokens/store.ts";
import type { TokenView } from "#lib/access/view.ts";
import type { TokenScope } from "#lib/core/context.ts";

/** @param slugs of channels, by their id. */
export function toTokenView(row: TokenRow, slugs: ReadonlyMap<string, string>, now: Date): TokenView {
  return {
    id: row.id,
    label: row.label,
    prefix: row.prefix,
    robot: row.ownerId === null,
    owner: row.owner?.name ?? null,
    createdBy: row.createdBy.name,
    scopes: row.scopes as TokenScope[],
    namespaces: row.namespaces,
    channels: row.channels.flatMap((id) => slugs.get(id) ?? []).sort(),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: row.revokedAt ? "revoked" : row.expiresAt <= now ? "expired" : "active",
  };
}
