import { z } from "zod";
import { requireFresh, requireFreshAdmin } from "#lib/access/authority.ts";
import { lineSchema, scopesSchema, tokenNamespacesSchema } from "#lib/access/schemas.ts";
import { assertTokenRights, type TokenRequest } from "#lib/access/tokens/rights.ts";
import { mintSecret, toShownPrefix } from "#lib/access/tokens/secret.ts";
import { insertToken } from "#lib/access/tokens/store.ts";
import { toTokenView } from "#lib/access/tokens/to-view.ts";
import type { CreatedTokenView } from "#lib/access/view.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

const dayMs = 86_400_000;

export const createTokenSchema = z.strictObject({
  label: lineSchema(80),
  /** A robot has no owner: its rights are what is written here. Admins only. */
  robot: z.boolean().default(false),
  scopes: scopesSchema,
  namespaces: tokenNamespacesSchema,
  expiresInDays: z.coerce.number().int().min(1).max(365),
});

/**
 * Makes an API token. For a person it never gives more than its owner has at the moment of use; for a robot exactly the
 * named namespaces. No token ever reviews, approves or administers.
 * @returns the view with the secret, which is shown this once.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`.
 */
export async function createToken(ctx: Ctx, input: unknown): Promise<CreatedTokenView> {
  const actor = requireFresh(ctx);
  const request = parseInput(createTokenSchema, input);
  if (request.robot) requireFreshAdmin(ctx);
  const namespaces = await assertTokenRights(actor, request);
  const { secret, hash } = mintSecret("cst");
  const token = toNewToken(ctx, actor, { ...request, namespaces });
  return transact(async (tx) => {
    const row = await insertToken(tx, { ...token, prefix: toShownPrefix(secret), tokenHash: hash });
    const { label, scopes, robot, expiresInDays } = request;
    const details = { token: row.id, robot, scopes, namespaces, expiresInDays };
    await appendLedger(tx, ctx, { action: "token.create", subject: label, details });
    return { ...toTokenView(row, ctx.now()), secret };
  });
}

function toNewToken(ctx: Ctx, actor: PersonActor, request: TokenRequest & { label: string; expiresInDays: number }) {
  const createdAt = ctx.now();
  return {
    label: request.label,
    ownerId: request.robot ? null : actor.personId,
    createdById: actor.personId,
    scopes: [...new Set(request.scopes)],
    namespaces: request.namespaces,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + request.expiresInDays * dayMs),
  };
}
