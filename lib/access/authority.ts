import type { Actor, Ctx, PersonActor, Role, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";

/** How long after a sign-in trust-adding verbs are allowed. */
export const freshSignInMs = 15 * 60 * 1000;

/** Whether a grant of this role covers the namespace: one for it, or for all (`*` or null). */
export function holdsRole(actor: Actor, role: Role, namespace?: string): boolean {
  if (actor.kind !== "person" && actor.kind !== "token") return false;
  return actor.grants.some((grant) => {
    if (grant.role !== role) return false;
    if (namespace === undefined || grant.namespace === null || grant.namespace === "*") return true;
    return sameName(grant.namespace, namespace);
  });
}

/** Whether the actor (for a token: its owner) owns the namespace. */
export function ownsNamespace(actor: Actor, namespace: string): boolean {
  if (actor.kind !== "person" && actor.kind !== "token") return false;
  return actor.owns.some((name) => sameName(name, namespace));
}

export function isAdmin(actor: Actor): boolean {
  return actor.kind === "person" && holdsRole(actor, "admin");
}

/**
 * May read ledger and refusals: auditors and admins, or a token with scope `audit` that stands for one and is limited to
 * no namespace, because the ledger is of all.
 */
export function isAuditor(actor: Actor): boolean {
  if (actor.kind === "token") {
    const stands = actor.ownerId === null || holdsRole(actor, "auditor") || holdsRole(actor, "admin");
    return actor.scopes.includes("audit") && actor.namespaces.includes("*") && stands;
  }
  return holdsRole(actor, "auditor") || holdsRole(actor, "admin");
}

/** May decide on versions of this namespace. People only: a token never reviews, whatever its owner may do. */
export function mayReview(actor: Actor, namespace: string): boolean {
  return actor.kind === "person" && holdsRole(actor, "reviewer", namespace);
}

/** May publish here: a publisher's grant or ownership, and for a token also its scope and its namespaces. */
export function mayPublish(actor: Actor, namespace: string): boolean {
  if (actor.kind === "token" && !(actor.scopes.includes("publish") && coversNamespace(actor, namespace))) return false;
  return holdsRole(actor, "publisher", namespace) || ownsNamespace(actor, namespace);
}

/**
 * Namespaces an actor has something to do with, lower-cased; null for all. What goes on inside them is theirs to see:
 * admins and auditors see all, others those they own, review or publish into, tokens with `read` at most their own.
 */
export function listInsideNamespaces(actor: Actor): string[] | null {
  if (actor.kind !== "person" && actor.kind !== "token") return [];
  if (actor.kind === "token" && !actor.scopes.includes("read")) return [];
  const inside = listGranted(actor);
  if (actor.kind === "person") return inside;
  if (inside !== null) return inside.filter((name) => coversNamespace(actor, name));
  return actor.namespaces.includes("*") ? null : actor.namespaces.map((name) => name.toLowerCase());
}

function listGranted(actor: PersonActor | TokenActor): string[] | null {
  const names = [...actor.owns];
  for (const { role, namespace } of actor.grants) {
    if (role === "admin" || role === "auditor" || namespace === null || namespace === "*") return null;
    names.push(namespace);
  }
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Whether a token may touch the namespace at all. Says nothing about its owner's rights. */
export function coversNamespace(token: TokenActor, namespace: string): boolean {
  return token.namespaces.some((name) => name === "*" || sameName(name, namespace));
}

/** @throws DomainError `unauthenticated` for nobody, `forbidden` for tokens and our own processes. */
export function requirePerson(ctx: Ctx): PersonActor {
  const { actor } = ctx;
  if (actor.kind === "person") return actor;
  if (actor.kind === "anonymous") throw new DomainError("unauthenticated", "Sign in to go on.");
  throw new DomainError("forbidden", "Only a signed-in person can do this; API tokens never can.");
}

/** A person or token. @throws DomainError `unauthenticated`; `forbidden` for a token without scope `read`. */
export function requireReader(ctx: Ctx): PersonActor | TokenActor {
  const { actor } = ctx;
  if (actor.kind === "person") return actor;
  if (actor.kind === "token" && actor.scopes.includes("read")) return actor;
  if (actor.kind === "token") throw new DomainError("forbidden", "This token has no scope `read`.");
  throw new DomainError("unauthenticated", "Sign in to go on.");
}

/**
 * A person whose session proved who they are less than 15 minutes ago.
 * @throws DomainError `reauthentication-required`, and what `requirePerson` throws.
 */
export function requireFresh(ctx: Ctx): PersonActor {
  const person = requirePerson(ctx);
  const age = ctx.now().getTime() - person.authenticatedAt.getTime();
  if (age >= freshSignInMs) {
    throw new DomainError("reauthentication-required", "Confirm your password to go on: this needs a fresh sign-in.");
  }
  return person;
}

/** @throws DomainError `forbidden`, and what `requirePerson` throws. */
export function requireAdmin(ctx: Ctx): PersonActor {
  const person = requirePerson(ctx);
  if (!isAdmin(person)) throw new DomainError("forbidden", "Only an administrator can do this.");
  return person;
}

/** An admin with a fresh sign-in: what every verb that adds trust or people asks for. */
export function requireFreshAdmin(ctx: Ctx): PersonActor {
  requireAdmin(ctx);
  return requireFresh(ctx);
}

/** @throws DomainError `forbidden`, and what `requirePerson` throws. */
export function requireReviewer(ctx: Ctx, namespace: string): PersonActor {
  const person = requirePerson(ctx);
  if (!mayReview(person, namespace)) throw new DomainError("forbidden", "You are not a reviewer here.");
  return person;
}

/** @throws DomainError `unauthenticated` or `forbidden`, the same whether the namespace exists or not. */
export function requirePublisher(ctx: Ctx, namespace: string): PersonActor | TokenActor {
  const { actor } = ctx;
  if ((actor.kind === "person" || actor.kind === "token") && mayPublish(actor, namespace)) return actor;
  if (actor.kind === "anonymous") throw new DomainError("unauthenticated", "Sign in to go on.");
  throw new DomainError("forbidden", "You may not publish into this namespace.");
}

/** An owner of the namespace or an admin. @throws DomainError `forbidden`, the same whether it exists or not. */
export function requireOwner(ctx: Ctx, namespace: string): PersonActor {
  const person = requirePerson(ctx);
  if (isAdmin(person) || ownsNamespace(person, namespace)) return person;
  throw new DomainError("forbidden", "Only an owner of this namespace or an administrator can do this.");
}

/** @throws DomainError `unauthenticated` or `forbidden`. */
export function requireAuditor(ctx: Ctx): PersonActor | TokenActor {
  const { actor } = ctx;
  if (actor.kind === "anonymous") throw new DomainError("unauthenticated", "Sign in to go on.");
  if ((actor.kind === "person" || actor.kind === "token") && isAuditor(actor)) return actor;
  throw new DomainError("forbidden", "Only an auditor or administrator can read this.");
}

/** Our own processes. @throws DomainError `forbidden` for everybody else. */
export function requireSystem(ctx: Ctx): void {
  if (ctx.actor.kind !== "system") throw new DomainError("forbidden", "Only the host can do this.");
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
