import { z } from "zod";
import { requirePerson } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import { assertAcceptablePassword } from "#lib/access/passwords/policy.ts";
import { findCredentials, setPasswordHash } from "#lib/access/passwords/store.ts";
import { totpSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import { proveIdentity } from "#lib/access/sessions/prove-identity.ts";
import { endSessions } from "#lib/access/sessions/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const changePasswordSchema = z.strictObject({
  current: typedPasswordSchema,
  password: typedPasswordSchema,
  totp: totpSchema.optional(),
});

/**
 * Sets the caller's own password and ends their other sessions.
 * @throws DomainError `sign-in-failed` for a wrong present password or code, `rate-limited`, `invalid-input`.
 */
export async function changePassword(ctx: Ctx, input: unknown): Promise<{ endedSessions: number }> {
  const actor = requirePerson(ctx);
  const { current, password, totp } = parseInput(changePasswordSchema, input);
  assertAcceptablePassword(password, [actor.email, actor.name]);
  const credentials = await findCredentials({ id: actor.personId });
  const claim = { account: toEmailKey(actor.email), kind: "reauthentication" as const, credentials };
  await proveIdentity(ctx, claim, { password: current, totp });
  const passwordHash = await hashPassword(password);
  return transact(async (tx) => {
    await setPasswordHash(tx, actor.personId, passwordHash, ctx.now());
    const others = { personId: actor.personId, exceptId: actor.sessionId };
    const endedSessions = await endSessions(tx, others, ctx.now());
    const details = { person: actor.personId, endedSessions };
    await appendLedger(tx, ctx, { action: "person.change-password", subject: actor.email, details });
    return { endedSessions };
  });
}
