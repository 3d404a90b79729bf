import { hashLinkToken, type LinkKind } from "#lib/access/links/link-token.ts";
import { consumeLink, findOpenLink, type LinkRow } from "#lib/access/links/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";
import { recordRefusal } from "#lib/ledger/index.ts";

/**
 * Finds the open link of a token; consumes nothing. Looked up before a password is hashed, so that strangers cannot make
 * us do that work.
 * @throws DomainError `link-expired`, the same for used, expired, revoked and never made.
 */
export async function openLink(ctx: Ctx, kind: LinkKind, token: string): Promise<LinkRow> {
  const link = await findOpenLink(kind, hashLinkToken(token), ctx.now());
  if (link) return link;
  await recordRefusal(ctx, {
    kind: "one-time-link",
    subject: kind,
    details: { reason: "no open link has this token" },
  });
  throw linkExpired();
}

/** Uses the link up inside the transaction that does what it is for. @throws DomainError `link-expired`. */
export async function useLink(tx: Tx, ctx: Ctx, link: LinkRow): Promise<void> {
  if (!(await consumeLink(tx, link.id, ctx.now()))) throw linkExpired();
}

export function linkExpired(): DomainError {
  return new DomainError("link-expired", "This link has been used, has expired or never existed. Ask for a new one.");
}
