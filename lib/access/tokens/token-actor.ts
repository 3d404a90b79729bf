import { findTokenByHash, touchToken } from "#lib/access/tokens/store.ts";
import type { Grant, TokenActor, TokenScope } from "#lib/core/context.ts";

const touchEveryMs = 60_000;

/**
 * The actor a token stands for, as of now: never more than its owner may do at this moment, and nothing at all of that
 * when all it may do is resolve.
 * @returns null for an unknown, expired or revoked token, or one whose owner is deactivated.
 */
export async function actorFromToken(tokenHash: string, now: Date): Promise<TokenActor | null> {
  const token = await findTokenByHash(tokenHash);
  if (!token || token.revokedAt || token.expiresAt <= now) return null;
  if (token.owner && token.owner.state !== "active") return null;
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > touchEveryMs) await touchToken(token.id, now);
  return {
    kind: "token",
    tokenId: token.id,
    label: token.label,
    ownerId: token.ownerId,
    createdById: token.createdById,
    scopes: token.scopes as TokenScope[],
    namespaces: token.namespaces,
    ...toAuthority(token),
  };
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findTokenByHash>>>;

function toAuthority({ owner, scopes, namespaces }: FoundToken): Pick<TokenActor, "grants" | "owns"> {
  if (scopes.every((scope) => scope === "resolve")) return { grants: [], owns: [] };
  if (!owner) return { grants: toRobotGrants(namespaces), owns: [] };
  return { grants: owner.grants, owns: owner.ownerships.map(({ namespace }) => namespace.name) };
}

function toRobotGrants(namespaces: readonly string[]): Grant[] {
  return namespaces.filter((name) => name !== "*").map((namespace) => ({ role: "publisher", namespace }));
}
