import { z } from "zod";
import { toEmailKey } from "#lib/access/emails.ts";
import { linkExpired, openLink, useLink } from "#lib/access/links/open-link.ts";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import { assertAcceptablePassword } from "#lib/access/passwords/policy.ts";
import { findPersonByEmail, insertPerson, lockPeople } from "#lib/access/people/store.ts";
import { describeGrants } from "#lib/access/people/to-view.ts";
import { linkTokenSchema, nameSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const acceptInvitationSchema = z.strictObject({
  token: linkTokenSchema,
  /** Replaces the name the admin wrote. */
  name: nameSchema.optional(),
  password: typedPasswordSchema,
});

/** Who a link invites, for the page that asks for a password. Consumes nothing. @throws DomainError `link-expired`. */
export async function readInvitation(ctx: Ctx, input: unknown): Promise<{ email: string; name: string }> {
  const { token } = parseInput(z.strictObject({ token: linkTokenSchema }), input);
  const link = await openLink(ctx, "invitation", token);
  return { email: link.email ?? "", name: link.name ?? "" };
}

/**
 * Makes the invited person's account with the grants of the invitation.
 * @throws DomainError `link-expired`, `invalid-input` for a weak password; the link stays open then.
 */
export async function acceptInvitation(ctx: Ctx, input: unknown): Promise<{ personId: string; email: string }> {
  const { token, password, ...given } = parseInput(acceptInvitationSchema, input);
  const link = await openLink(ctx, "invitation", token);
  const email = link.email ?? "";
  const name = given.name ?? link.name ?? email;
  assertAcceptablePassword(password, [email, name]);
  const passwordHash = await hashPassword(password);
  return transact(async (tx) => {
    await lockPeople(tx);
    await useLink(tx, ctx, link);
    const emailKey = toEmailKey(email);
    if (await findPersonByEmail(tx, emailKey)) throw linkExpired();
    const person = { email, emailKey, name, passwordHash, grants: link.grants, now: ctx.now() };
    const personId = await insertPerson(tx, person);
    const details = { person: personId, name, grants: describeGrants(link.grants), invitation: link.id };
    await appendLedger(tx, ctx, { action: "person.join", subject: email, details });
    return { personId, email };
  });
}
