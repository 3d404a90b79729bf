import { requireFresh } from "#lib/access/authority.ts";
import { mintTotpSecret, toTotpUri } from "#lib/access/totp/codes.ts";
import { sealTotpSecret } from "#lib/access/totp/sealed.ts";
import { setPendingTotp } from "#lib/access/totp/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { transact } from "#lib/db/transact.ts";

/**
 * Starts enrolling an authenticator app; it counts only once `confirmTotp` has seen a code. Starting again replaces it.
 * @returns the secret, shown once, and its `otpauth://` address for a QR code.
 * @throws DomainError `reauthentication-required`; `state-conflict` while an authenticator is enrolled.
 */
export async function startTotp(ctx: Ctx): Promise<{ secret: string; uri: string }> {
  const actor = requireFresh(ctx);
  const secret = mintTotpSecret();
  const sealed = sealTotpSecret(secret, actor.personId);
  if (!(await transact((tx) => setPendingTotp(tx, actor.personId, sealed)))) {
    throw new DomainError("state-conflict", "An authenticator is enrolled already. Remove it first.");
  }
  return { secret, uri: toTotpUri(secret, actor.email, `Countersign ${new URL(ctx.registryId).host}`) };
}
