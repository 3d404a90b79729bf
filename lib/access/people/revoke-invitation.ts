import { z } from "zod";
import { requireAdmin } from "#lib/access/authority.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { idSchema } from "#lib/access/schemas.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const revokeInvitationSchema = z.strictObject({ id: idSchema });

/** Ends an open invitation. @throws DomainError `forbidden`; `not-found` when it is used, expired or unknown. */
export async function revokeInvitation(ctx: Ctx, input: unknown): Promise<void> {
  requireAdmin(ctx);
  const { id } = parseInput(revokeInvitationSchema, input);
  await transact(async (tx) => {
    const [link] = await revokeLinks(tx, { id, kind: "invitation" }, ctx.now());
    if (!link) throw new DomainError("not-found", "There is no such open invitation.");
    const details = { invitation: id };
    await appendLedger(tx, ctx, { action: "person.revoke-invitation", subject: link.email ?? "", details });
  });
}
