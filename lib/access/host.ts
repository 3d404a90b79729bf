import { z } from "zod";
import { requireSystem } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { createLink } from "#lib/access/links/create-link.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import {
  findPersonByEmail,
  lockPeople,
  type PersonRow,
  replaceGrants,
  setPersonState,
} from "#lib/access/people/store.ts";
import { describeGrants, personNotFound } from "#lib/access/people/to-view.ts";
import { endSessions } from "#lib/access/sessions/store.ts";
import { endToken } from "#lib/access/tokens/revoke-token.ts";
import { findTokenById, findTokensByPrefix } from "#lib/access/tokens/store.ts";
import { clearTotp } from "#lib/access/totp/store.ts";
import type { CreatedLinkView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

const emailInput = z.strictObject({ email: z.string().trim().min(1).max(254) });

/**
 * Break-glass on the host, when an admin is locked out: makes the person an active admin, removes their second factor,
 * ends their sessions and gives a reset link (1 hour). On the record as the host's act.
 * @throws DomainError `forbidden` for all but our own processes; `not-found` when nobody has this address.
 */
export async function resetAdmin(ctx: Ctx, input: unknown): Promise<CreatedLinkView> {
  requireSystem(ctx);
  const { email } = parseInput(emailInput, input);
  return transact(async (tx) => {
    await lockPeople(tx);
    const person = await getPersonByEmail(tx, email);
    const totpRemoved = await clearTotp(tx, person.id);
    const endedSessions = await endSessions(tx, { personId: person.id }, ctx.now());
    const after = await makeActiveAdmin(tx, ctx, person);
    await revokeLinks(tx, { kind: "password_reset", personId: person.id }, ctx.now());
    const link = await createLink(tx, ctx, "password_reset", { personId: person.id });
    const details = {
      person: person.id,
      by: "host",
      totpRemoved,
      endedSessions,
      wasState: person.state,
      grants: after,
    };
    await appendLedger(tx, ctx, { action: "person.request-reset", subject: person.email, details });
    return link;
  });
}

/**
 * Ends every session of one person, or of everybody.
 * @throws DomainError `forbidden`, `not-found`.
 */
export async function endAllSessions(ctx: Ctx, input: { email: string | null }): Promise<{ ended: number }> {
  requireSystem(ctx);
  return transact(async (tx) => {
    const person = input.email === null ? null : await getPersonByEmail(tx, input.email);
    const ended = await endSessions(tx, person ? { personId: person.id } : {}, ctx.now());
    const details = { person: person?.id ?? null, ended };
    if (ended > 0)
      await appendLedger(tx, ctx, { action: "session.end", subject: person?.email ?? "everybody", details });
    return { ended };
  });
}

/**
 * Ends a token named by its id or by the beginning people see of it.
 * @throws DomainError `forbidden`; `not-found`; `conflict` when more than one token begins like that.
 */
export async function revokeTokenByHost(ctx: Ctx, input: { token: string }): Promise<{ label: string }> {
  requireSystem(ctx);
  return transact(async (tx) => {
    const token = await findToken(tx, input.token);
    await endToken(tx, ctx, token);
    return { label: token.label };
  });
}

async function getPersonByEmail(tx: Tx, email: string): Promise<PersonRow> {
  const person = await findPersonByEmail(tx, toEmailKey(email));
  if (!person) throw personNotFound();
  return person;
}

async function makeActiveAdmin(tx: Tx, ctx: Ctx, person: PersonRow): Promise<string[]> {
  const others = person.grants.filter((grant) => grant.role !== "admin");
  const grants = [...others, { role: "admin" as const, namespace: "*" }];
  await setPersonState(tx, person.id, "active");
  await replaceGrants(tx, person.id, grants, ctx.now());
  return describeGrants(grants);
}

async function findToken(tx: Tx, text: string) {
  if (z.uuid().safeParse(text).success) {
    const token = await findTokenById(tx, text);
    if (token) return token;
  }
  const [token, another] =
    text.startsWith("cst_") && text.length >= 8 ? await findTokensByPrefix(tx, text.slice(0, 10)) : [];
  if (!token) throw new DomainError("not-found", "There is no such active token.");
  if (another) throw new DomainError("conflict", "More than one token begins like this: name its id.");
  return token;
}
