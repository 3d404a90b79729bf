import { actorFromSession } from "#lib/access/sessions/session-actor.ts";
import { hashSecret, readSecret } from "#lib/access/tokens/secret.ts";
import { actorFromToken } from "#lib/access/tokens/token-actor.ts";
import type { Ctx, PersonActor, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { recordRefusal } from "#lib/ledger/index.ts";

/**
 * Whom `Authorization: Bearer …` stands for: an API token (`cst_…`) or an API session (`css_…`), which is a signed-in
 * person. Text with a wrong form or checksum is refused without asking the database.
 * @throws DomainError `unauthenticated`, the same for unknown, expired, revoked and malformed.
 */
export async function actorFromBearer(ctx: Ctx, bearer: string): Promise<PersonActor | TokenActor> {
  const kind = readSecret(bearer);
  if (kind !== "cst" && kind !== "css") throw refused();
  const tokenHash = hashSecret(bearer);
  const now = ctx.now();
  const actor = kind === "cst" ? await actorFromToken(tokenHash, now) : await actorFromSession({ tokenHash }, now);
  if (actor) return actor;
  await recordRefusal(ctx, { kind: "token", subject: kind, details: { reason: "unknown, expired or revoked" } });
  throw refused();
}

function refused(): DomainError {
  return new DomainError("unauthenticated", "This token is unknown, expired or revoked.");
}
