import { z } from "zod";
import { requireFresh, requireFreshAdmin } from "#lib/access/authority.ts";
import { lineSchema, scopesSchema, tokenChannelsSchema, tokenNamespacesSchema } from "#lib/access/schemas.ts";
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

export const createTokenSchema = z
  .strictObject({
    label: lineSchema(80),
    /** A robot has no owner: its rights are what is written here. Admins only. */
    robot: z.boolean().default(false),
    scopes: scopesSchema,
    /** At least one, except for a token that does nothing but resolve. */
    namespaces: tokenNamespacesSchema,
    /** Slugs of the token channels it reads, with scope `resolve`. */
    channels: tokenChannelsSchema,
    expiresInDays: z.coerce.number().int().min(1).max(365),
  })
  .superRefine(({ scopes, namespaces, channels }, at) => {
    const problem = (key: string, message: string) => at.addIssue({ code: "custom", path: [key], message });
    const resolves = scopes.includes("resolve");
    const acts = scopes.some((scope) => scope !== "resolve");
    if (acts && namespaces.length === 0) problem("namespaces", "Name at least one namespace.");
    if (!acts && namespaces.length > 0) problem("namespaces", "The scope resolve is of channels: name no namespaces.");
    if (resolves && channels.length === 0) problem("channels", "Name at least one token channel.");
    if (!resolves && channels.length > 0) problem("channels", "Only the scope resolve reads channels.");
  });

/**
 * Makes an API token. For a person it never gives more than its owner has at the moment of use; for a robot exactly the
 * named namespaces. With scope `resolve` it reads the named token channels: a person's only those open to people. No
 * token ever reviews, approves or administers.
 * @returns the view with the secret, which is shown this once.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`.
 */
export async function createToken(ctx: Ctx, input: unknown): Promise<CreatedTokenView> {
  const actor = requireFresh(ctx);
  const request = parseInput(createTokenSchema, input);
  if (request.robot) requireFreshAdmin(ctx);
  const { secret, hash } = mintSecret("cst");
  return transact(async (tx) => {
    const { namespaces, channels } = await assertTokenRights(tx, actor, request);
    const token = toNewToken(ctx, actor, { ...request, namespaces, channels: channels.map(({ id }) => id) });
    const row = await insertToken(tx, { ...token, prefix: toShownPrefix(secret), tokenHash: hash });
    const { label, scopes, robot, expiresInDays } = request;
    const slugs = channels.map(({ slug }) => slug);
    const details = { token: row.id, robot, scopes, namespaces, channels: slugs, expiresInDays };
    await appendLedger(tx, ctx, { action: "token.create", subject: label, details });
    return { ...toTokenView(row, new Map(channels.map(({ id, slug }) => [id, slug])), ctx.now()), secret };
  });
}

type Request = TokenRequest & { label: string; expiresInDays: number };

function toNewToken(ctx: Ctx, actor: PersonActor, request: Request) {
  const createdAt = ctx.now();
  return {
    label: request.label,
    ownerId: request.robot ? null : actor.personId,
    createdById: actor.personId,
    scopes: [...new Set(request.scopes)],
    namespaces: request.namespaces,
    channels: request.channels,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + request.expiresInDays * dayMs),
  };
}
