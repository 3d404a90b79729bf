import { z } from "zod";
import { requireAdmin, requireFreshAdmin } from "#lib/access/authority.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { assertAdminRemains } from "#lib/access/people/admin-remains.ts";
import { findPerson, lockPeople, renewAdminGrant, setPersonState } from "#lib/access/people/store.ts";
import { personNotFound, toPersonView } from "#lib/access/people/to-view.ts";
import { idSchema } from "#lib/access/schemas.ts";
import { endSessions } from "#lib/access/sessions/store.ts";
import { revokeTokensOf } from "#lib/access/tokens/store.ts";
import type { PersonView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const personIdSchema = z.strictObject({ id: idSchema });

/**
 * Shuts a person out at once: sessions end, and so does everything whose secret they have seen: their tokens, the robot
 * tokens and the links they made. What they did stays. Takes trust away, so an older sign-in will do.
 * @throws DomainError `forbidden`, `not-found`, `last-admin`; `state-conflict` when deactivated already.
 */
export async function deactivatePerson(ctx: Ctx, input: unknown): Promise<PersonView> {
  requireAdmin(ctx);
  const { id } = parseInput(personIdSchema, input);
  return transact(async (tx) => {
    await lockPeople(tx);
    const person = await findPerson(tx, id);
    if (!person) throw personNotFound();
    await assertAdminRemains(tx, person);
    await changeState(tx, id, "deactivated");
    const details = { person: id, ...(await endAccess(tx, id, ctx.now())) };
    await appendLedger(tx, ctx, { action: "person.deactivate", subject: person.email, details });
    return toPersonView({ ...person, state: "deactivated" });
  });
}

async function endAccess(tx: Tx, personId: string, now: Date) {
  const sessions = await endSessions(tx, { personId }, now);
  const tokens = await revokeTokensOf(tx, personId, now);
  const made = await revokeLinks(tx, { createdById: personId }, now);
  const theirs = await revokeLinks(tx, { personId }, now);
  return { sessions, tokens, links: made.length + theirs.length };
}

/**
 * Lets a deactivated person sign in again, with their old password and grants; sessions and tokens stay ended. Who is an
 * admin is so from now, not since then: an account kept in reserve must not confirm a loosening on the spot.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`; `state-conflict` when active already.
 */
export async function reactivatePerson(ctx: Ctx, input: unknown): Promise<PersonView> {
  requireFreshAdmin(ctx);
  const { id } = parseInput(personIdSchema, input);
  return transact(async (tx) => {
    await lockPeople(tx);
    const person = await findPerson(tx, id);
    if (!person) throw personNotFound();
    await changeState(tx, id, "active");
    await renewAdminGrant(tx, id, ctx.now());
    await appendLedger(tx, ctx, { action: "person.reactivate", subject: person.email, details: { person: id } });
    return toPersonView({ ...person, state: "active" });
  });
}

async function changeState(tx: Tx, id: string, state: "active" | "deactivated"): Promise<void> {
  if (await setPersonState(tx, id, state)) return;
  throw new DomainError("state-conflict", state === "active" ? "The person is active." : "The person is deactivated.");
}
