import { coversNamespace, holdsRole, requireReader } from "#lib/access/authority.ts";
import type { Ctx, PersonActor, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";

/** Lower-cased names of the namespaces whose reviews an actor sees; null for all. */
export type ReviewScope = string[] | null;

/**
 * Reviewers see their namespaces, admins and auditors all. A token with scope `read` sees what its owner does, in its
 * namespaces; it decides nothing.
 * @throws DomainError `unauthenticated`, `forbidden`
 */
export function requireReviewScope(ctx: Ctx): ReviewScope {
  const actor = requireReader(ctx);
  const own = listReviewed(actor);
  const scope = actor.kind === "token" ? limitToToken(actor, own) : own;
  if (scope?.length === 0)
    throw new DomainError("forbidden", "Reviews are for reviewers, administrators and auditors.");
  return scope;
}

function listReviewed(actor: PersonActor | TokenActor): ReviewScope {
  if (holdsRole(actor, "admin") || holdsRole(actor, "auditor")) return null;
  const names = actor.grants.filter(({ role }) => role === "reviewer").map(({ namespace }) => namespace);
  if (names.some((name) => name === null || name === "*")) return null;
  return names.flatMap((name) => name?.toLowerCase() ?? []);
}

function limitToToken(token: TokenActor, own: ReviewScope): ReviewScope {
  if (own !== null) return own.filter((name) => coversNamespace(token, name));
  return token.namespaces.includes("*") ? null : token.namespaces.map((name) => name.toLowerCase());
}
