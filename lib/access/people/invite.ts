import { z } from "zod";
import { requireFreshAdmin } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { createLink } from "#lib/access/links/create-link.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { resolveGrants } from "#lib/access/people/resolve-grants.ts";
import { findPersonByEmail } from "#lib/access/people/store.ts";
import { describeGrants } from "#lib/access/people/to-view.ts";
import { emailSchema, grantsSchema, nameSchema } from "#lib/access/schemas.ts";
import type { CreatedLinkView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const invitePersonSchema = z.strictObject({ email: emailSchema, name: nameSchema, grants: grantsSchema });

/**
 * Makes a one-time link (72 hours) by which a person joins with these grants; an open one for the same address ends. The
 * link is shown to the admin, who passes it on: the product sends no mail.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`; `conflict` when the person exists.
 */
export async function invitePerson(ctx: Ctx, input: unknown): Promise<CreatedLinkView> {
  requireFreshAdmin(ctx);
  const { email, name, grants: asked } = parseInput(invitePersonSchema, input);
  const grants = await resolveGrants(asked);
  const emailKey = toEmailKey(email);
  return transact(async (tx) => {
    if (await findPersonByEmail(tx, emailKey)) throw new DomainError("conflict", "This person has an account already.");
    await revokeLinks(tx, { kind: "invitation", emailKey }, ctx.now());
    const link = await createLink(tx, ctx, "invitation", { email, name, grants });
    const details = { name, grants: describeGrants(grants), expiresAt: link.expiresAt };
    await appendLedger(tx, ctx, { action: "person.invite", subject: email, details });
    return link;
  });
}
