import { z } from "zod";
import { linkExpired, openLink, useLink } from "#lib/access/links/open-link.ts";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import { assertAcceptablePassword } from "#lib/access/passwords/policy.ts";
import { findCredentials, setPasswordHash } from "#lib/access/passwords/store.ts";
import { linkTokenSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import { endSessions } from "#lib/access/sessions/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const resetPasswordSchema = z.strictObject({ token: linkTokenSchema, password: typedPasswordSchema });

/**
 * Sets a person's password by a reset link and ends all their sessions. A second factor stays and is still asked for.
 * @throws DomainError `link-expired`, `invalid-input` for a weak password; the link stays open then.
 */
export async function resetPassword(ctx: Ctx, input: unknown): Promise<{ email: string }> {
  const { token, password } = parseInput(resetPasswordSchema, input);
  const link = await openLink(ctx, "password_reset", token);
  const person = link.personId === null ? null : await findCredentials({ id: link.personId });
  if (person?.state !== "active") throw linkExpired();
  assertAcceptablePassword(password, [person.email, person.name]);
  const passwordHash = await hashPassword(password);
  return transact(async (tx) => {
    await useLink(tx, ctx, link);
    await setPasswordHash(tx, person.id, passwordHash, ctx.now());
    const endedSessions = await endSessions(tx, { personId: person.id }, ctx.now());
    const details = { person: person.id, endedSessions };
    await appendLedger(tx, ctx, { action: "person.reset-password", subject: person.email, details });
    return { email: person.email };
  });
}
