import { z } from "zod";
import { requireFreshAdmin } from "#lib/access/authority.ts";
import { findPerson, lockPeople, type PersonRow } from "#lib/access/people/store.ts";
import { personNotFound, toPersonView } from "#lib/access/people/to-view.ts";
import { idSchema, lineSchema } from "#lib/access/schemas.ts";
import { endSessions } from "#lib/access/sessions/store.ts";
import { clearTotp } from "#lib/access/totp/store.ts";
import type { PersonView } from "#lib/access/view.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const clearPersonsTotpSchema = z.strictObject({ id: idSchema, reason: lineSchema(500) });

/**
 * Removes the authenticator of somebody who lost it and ends their sessions; their password stays. Never the caller's own,
 * which asks for a code, and never another admin's: with a reset link it would make one admin two. The host does that.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input` without a reason, `not-found`;
 * `state-conflict` when none is enrolled or the person is deactivated.
 */
export async function clearPersonsTotp(ctx: Ctx, input: unknown): Promise<PersonView> {
  const actor = requireFreshAdmin(ctx);
  const { id, reason } = parseInput(clearPersonsTotpSchema, input);
  return transact(async (tx) => {
    await lockPeople(tx);
    const person = await findPerson(tx, id);
    if (!person) throw personNotFound();
    assertClearable(actor, person);
    if (!(await clearTotp(tx, id))) throw new DomainError("state-conflict", "No authenticator is enrolled.");
    const endedSessions = await endSessions(tx, { personId: id }, ctx.now());
    const details = { person: id, by: "admin", reason, endedSessions };
    await appendLedger(tx, ctx, { action: "person.disable-totp", subject: person.email, details });
    return toPersonView({ ...person, totpEnabledAt: null });
  });
}

function assertClearable(actor: PersonActor, person: PersonRow): void {
  if (person.id === actor.personId) {
    throw new DomainError("forbidden", "Remove your own authenticator under Account, with a code.");
  }
  if (person.grants.some((grant) => grant.role === "admin")) {
    const detail = "An administrator's authenticator is cleared on the host: npm run admin -- reset-admin <email>.";
    throw new DomainError("forbidden", detail);
  }
  if (person.state !== "active") throw new DomainError("state-conflict", "Reactivate the person first.");
}
