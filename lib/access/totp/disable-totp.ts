import { z } from "zod";
import { requirePerson } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { findCredentials } from "#lib/access/passwords/store.ts";
import { totpSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import { proveIdentity } from "#lib/access/sessions/prove-identity.ts";
import { clearTotp } from "#lib/access/totp/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const disableTotpSchema = z.strictObject({ password: typedPasswordSchema, totp: totpSchema });

/**
 * Removes the caller's own authenticator, against password and a present code.
 * @throws DomainError `sign-in-failed`, `rate-limited`; `state-conflict` when none is enrolled.
 */
export async function disableTotp(ctx: Ctx, input: unknown): Promise<void> {
  const actor = requirePerson(ctx);
  const proof = parseInput(disableTotpSchema, input);
  const credentials = await findCredentials({ id: actor.personId });
  if (!credentials?.totpEnabledAt) throw new DomainError("state-conflict", "No authenticator is enrolled.");
  const account = toEmailKey(actor.email);
  await proveIdentity(ctx, { account, kind: "reauthentication", credentials }, proof);
  await transact(async (tx) => {
    await clearTotp(tx, actor.personId);
    const details = { person: actor.personId };
    await appendLedger(tx, ctx, { action: "person.disable-totp", subject: actor.email, details });
  });
}
