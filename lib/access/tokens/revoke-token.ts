import { z } from "zod";
import { isAdmin, requirePerson } from "#lib/access/authority.ts";
import { idSchema } from "#lib/access/schemas.ts";
import { findTokenById, markRevoked, type TokenRow } from "#lib/access/tokens/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const revokeTokenSchema = z.strictObject({ id: idSchema });

/**
 * Ends a token at once: one's own, one made for a robot, or as an admin any. Takes trust away, so an older sign-in will
 * do. A token revoked before stays so without a second event.
 * @throws DomainError `not-found`, the same for no such token and somebody else's.
 */
export async function revokeToken(ctx: Ctx, input: unknown): Promise<void> {
  const actor = requirePerson(ctx);
  const { id } = parseInput(revokeTokenSchema, input);
  await transact(async (tx) => {
    const token = await findTokenById(tx, id);
    const theirs = token !== null && (token.ownerId === actor.personId || token.createdById === actor.personId);
    if (!token || !(theirs || isAdmin(actor))) throw new DomainError("not-found", "There is no such token.");
    await endToken(tx, ctx, token);
  });
}

/** The write itself, for callers who have checked authority. */
export async function endToken(tx: Tx, ctx: Ctx, token: TokenRow): Promise<void> {
  if ((await markRevoked(tx, token.id, ctx.now())) === 0) return;
  const details = { token: token.id, prefix: token.prefix };
  await appendLedger(tx, ctx, { action: "token.revoke", subject: token.label, details });
}
