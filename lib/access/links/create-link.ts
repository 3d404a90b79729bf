import { type LinkKind, linkLifetimeMs, mintLinkToken, toLinkUrl } from "#lib/access/links/link-token.ts";
import { insertLink, type NewLink } from "#lib/access/links/store.ts";
import type { CreatedLinkView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import type { Tx } from "#lib/db/transact.ts";

type LinkSubject = Pick<NewLink, "personId" | "email" | "name" | "grants">;

/** Stores a link and returns the only copy of its token, in the address to open. */
export async function createLink(tx: Tx, ctx: Ctx, kind: LinkKind, subject: LinkSubject): Promise<CreatedLinkView> {
  const { token, tokenHash } = mintLinkToken();
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + linkLifetimeMs[kind]);
  const createdById = ctx.actor.kind === "person" ? ctx.actor.personId : null;
  await insertLink(tx, { kind, tokenHash, ...subject, createdById, createdAt, expiresAt });
  return { url: toLinkUrl(ctx.registryId, kind, token), expiresAt: expiresAt.toISOString() };
}
