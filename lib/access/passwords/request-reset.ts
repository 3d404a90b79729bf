import { z } from "zod";
import { requireFreshAdmin } from "#lib/access/authority.ts";
import { createLink } from "#lib/access/links/create-link.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { findPerson } from "#lib/access/people/store.ts";
import { personNotFound } from "#lib/access/people/to-view.ts";
import { idSchema } from "#lib/access/schemas.ts";
import type { CreatedLinkView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const requestResetSchema = z.strictObject({ personId: idSchema });

/**
 * Makes a one-time link (1 hour) by which a person sets a new password; one made earlier ends. Their password and
 * second factor stay in force. For admins and our own processes.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`; `state-conflict` for a deactivated person.
 */
export async function requestReset(ctx: Ctx, input: unknown): Promise<CreatedLinkView> {
  if (ctx.actor.kind !== "system") requireFreshAdmin(ctx);
  const { personId } = parseInput(requestResetSchema, input);
  return transact(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) throw personNotFound();
    if (person.state !== "active") throw new DomainError("state-conflict", "Reactivate the person first.");
    await revokeLinks(tx, { kind: "password_reset", personId }, ctx.now());
    const link = await createLink(tx, ctx, "password_reset", { personId });
    const details = { person: personId, expiresAt: link.expiresAt };
    await appendLedger(tx, ctx, { action: "person.request-reset", subject: person.email, details });
    return link;
  });
}
