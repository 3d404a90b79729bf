import { coversNamespace, holdsRole } from "#lib/access/authority.ts";
import type { Actor, Ctx, PersonActor, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";

/**
 * What of the control plane an actor may see. Everybody signed in sees what readers see or once saw; insiders of a
 * namespace see everything in it; uploaders see what they uploaded.
 */
export type Scope = {
  /** Lower-cased names of namespaces seen wholly; null for all. */
  insideOf: string[] | null;
  personId: string | null;
  tokenId: string | null;
};

/**
 * @throws DomainError `unauthenticated` for nobody, `forbidden` for a token that can neither read nor publish.
 */
export function requireViewer(ctx: Ctx): PersonActor | TokenActor {
  const { actor } = ctx;
  if (actor.kind === "person") return actor;
  if (actor.kind === "token" && actor.scopes.some((scope) => scope === "read" || scope === "publish")) return actor;
  if (actor.kind === "token") throw new DomainError("forbidden", "This token can neither read nor publish.");
  throw new DomainError("unauthenticated", "Sign in to go on.");
}

export function scopeOf(actor: Actor): Scope {
  if (actor.kind === "person") return { insideOf: listInside(actor), personId: actor.personId, tokenId: null };
  if (actor.kind === "token") return { insideOf: insideOfToken(actor), personId: null, tokenId: actor.tokenId };
  return { insideOf: [], personId: null, tokenId: null };
}

/** Whether the actor sees everything in a namespace. */
export function isInside(actor: Actor, namespace: string): boolean {
  const { insideOf } = scopeOf(actor);
  return insideOf === null || insideOf.includes(namespace.toLowerCase());
}

function listInside(actor: PersonActor | TokenActor): string[] | null {
  if (holdsRole(actor, "admin") || holdsRole(actor, "auditor")) return null;
  const grants = actor.grants.filter((grant) => grant.role === "reviewer" || grant.role === "publisher");
  if (grants.some((grant) => grant.namespace === null || grant.namespace === "*")) return null;
  const names = [...grants.flatMap((grant) => grant.namespace ?? []), ...actor.owns];
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** A token sees at most what its owner sees, in its namespaces, and only with scope `read`. */
function insideOfToken(token: TokenActor): string[] | null {
  if (!token.scopes.includes("read")) return [];
  const inside = listInside(token);
  if (inside !== null) return inside.filter((name) => coversNamespace(token, name));
  return token.namespaces.includes("*") ? null : token.namespaces.map((name) => name.toLowerCase());
}
