import { z } from "zod";
import { requirePerson } from "#lib/access/authority.ts";
import { toEmailKey } from "#lib/access/emails.ts";
import { findCredentials } from "#lib/access/passwords/store.ts";
import { totpSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import { proveIdentity } from "#lib/access/sessions/prove-identity.ts";
import { renewAuthentication } from "#lib/access/sessions/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";

export const reauthenticateSchema = z.strictObject({ password: typedPasswordSchema, totp: totpSchema.optional() });

/**
 * Makes the present session fresh again by proving the same person. The session's end does not move.
 * @throws DomainError `sign-in-failed`, `rate-limited`; `unauthenticated` when the session ended meanwhile.
 */
export async function reauthenticate(ctx: Ctx, input: unknown): Promise<{ authenticatedAt: string }> {
  const actor = requirePerson(ctx);
  const proof = parseInput(reauthenticateSchema, input);
  const credentials = await findCredentials({ id: actor.personId });
  const account = toEmailKey(actor.email);
  await proveIdentity(ctx, { account, kind: "reauthentication", credentials }, proof);
  const now = ctx.now();
  if (!(await transact((tx) => renewAuthentication(tx, actor.sessionId, now)))) {
    throw new DomainError("unauthenticated", "The session has ended. Sign in again.");
  }
  return { authenticatedAt: now.toISOString() };
}
