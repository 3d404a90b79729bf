import { z } from "zod";
import { requireSystem } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { createLink } from "#lib/access/links/create-link.ts";
import { linkExpired, openLink, useLink } from "#lib/access/links/open-link.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import { assertAcceptablePassword } from "#lib/access/passwords/policy.ts";
import { countActiveAdmins, insertPerson, lockPeople } from "#lib/access/people/store.ts";
import { emailSchema, linkTokenSchema, nameSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import type { CreatedLinkView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

/** Whether anybody administers this installation yet. While nobody does, the start offers a bootstrap link. */
export async function hasAdmin(): Promise<boolean> {
  return (await transact((tx) => countActiveAdmins(tx))) > 0;
}

/**
 * The link by which the first administrator joins, for 15 minutes; one made earlier ends. For our own processes.
 * @throws DomainError `forbidden`; `state-conflict` once an admin exists.
 */
export async function createBootstrapLink(ctx: Ctx): Promise<CreatedLinkView> {
  requireSystem(ctx);
  return transact(async (tx) => {
    await lockPeople(tx);
    if ((await countActiveAdmins(tx)) > 0) throw new DomainError("state-conflict", "An administrator exists already.");
    await revokeLinks(tx, { kind: "bootstrap" }, ctx.now());
    return createLink(tx, ctx, "bootstrap", {});
  });
}

export const consumeBootstrapSchema = z.strictObject({
  token: linkTokenSchema,
  email: emailSchema,
  name: nameSchema,
  password: typedPasswordSchema,
});

/**
 * Makes the first person, an administrator and nothing else: other roles are given like to anybody, on the record.
 * @throws DomainError `link-expired` (also once an admin exists), `invalid-input` for a weak password.
 */
export async function consumeBootstrap(ctx: Ctx, input: unknown): Promise<{ personId: string; email: string }> {
  const { token, email, name, password } = parseInput(consumeBootstrapSchema, input);
  const link = await openLink(ctx, "bootstrap", token);
  assertAcceptablePassword(password, [email, name]);
  const passwordHash = await hashPassword(password);
  return transact(async (tx) => {
    await lockPeople(tx);
    if ((await countActiveAdmins(tx)) > 0) throw linkExpired();
    await useLink(tx, ctx, link);
    const grants = [{ role: "admin" as const, namespace: "*" }];
    const person = { email, emailKey: toEmailKey(email), name, passwordHash, grants, now: ctx.now() };
    const personId = await insertPerson(tx, person);
    const details = { person: personId, name, grants: ["admin *"] };
    await appendLedger(tx, ctx, { action: "admin.bootstrap", subject: email, details });
    return { personId, email };
  });
}
