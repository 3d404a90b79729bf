import { findSession } from "#lib/access/sessions/store.ts";
import { findTokenById } from "#lib/access/tokens/store.ts";
import type { WhoamiView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { transact } from "#lib/db/transact.ts";

const unauthenticated = () => new DomainError("unauthenticated", "Sign in to go on.");

/** Whom the registry takes the caller for, and until when. @throws DomainError `unauthenticated`. */
export async function whoami(ctx: Ctx): Promise<WhoamiView> {
  const { actor } = ctx;
  if (actor.kind === "person") {
    const session = await findSession({ id: actor.sessionId });
    if (!session) throw unauthenticated();
    const { name: label, email, grants } = actor;
    const expiresAt = session.expiresAt.toISOString();
    return { kind: "person", label, email, scopes: [], namespaces: [], grants: [...grants], expiresAt };
  }
  if (actor.kind !== "token") throw unauthenticated();
  const token = await transact((tx) => findTokenById(tx, actor.tokenId));
  if (!token) throw unauthenticated();
  return {
    kind: "token",
    label: actor.label,
    email: null,
    scopes: [...actor.scopes],
    namespaces: [...actor.namespaces],
    grants: [...actor.grants],
    expiresAt: token.expiresAt.toISOString(),
  };
}
