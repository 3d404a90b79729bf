import { z } from "zod";
import { toEmailKey } from "#lib/access/emails.ts";
import { findCredentials, holdProved } from "#lib/access/passwords/store.ts";
import { totpSchema, typedPasswordSchema } from "#lib/access/schemas.ts";
import { sessionLifetimeMs } from "#lib/access/sessions/lifetime.ts";
import { proveIdentity } from "#lib/access/sessions/prove-identity.ts";
import { actorFromSession } from "#lib/access/sessions/session-actor.ts";
import { insertSession } from "#lib/access/sessions/store.ts";
import { mintSecret } from "#lib/access/tokens/secret.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { recordRefusal } from "#lib/ledger/index.ts";

export const signInSchema = z.strictObject({
  email: z.string().trim().min(1).max(254),
  password: typedPasswordSchema,
  totp: totpSchema.optional(),
  userAgent: z.string().max(2000).nullish(),
});

export type SignedIn = { sessionId: string; secret: string | null; expiresAt: Date };

/**
 * Signs a person in and opens a session: for a browser (12 hours, 2 hours idle; its id goes into an encrypted cookie) or
 * for the API (15 minutes; `secret` is its bearer token, shown once). Who signed in is recorded before the answer.
 * @throws DomainError `invalid-input`, `sign-in-failed`, `rate-limited`; see `proveIdentity`.
 */
export async function signIn(ctx: Ctx, input: unknown, kind: "browser" | "api"): Promise<SignedIn> {
  const { email, password, totp, userAgent } = parseInput(signInSchema, input);
  const account = toEmailKey(email);
  const credentials = await findCredentials({ emailKey: account });
  const person = await proveIdentity(ctx, { account, kind: "sign-in", credentials }, { password, totp });
  const minted = kind === "api" ? mintSecret("css") : null;
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs[kind]);
  const session = {
    personId: person.id,
    kind,
    tokenHash: minted?.hash ?? null,
    address: ctx.address,
    userAgent: userAgent?.slice(0, 300) ?? null,
    now,
    expiresAt,
  };
  const sessionId = await transact(async (tx) => {
    if (await holdProved(tx, person)) return insertSession(tx, session);
    throw new DomainError("sign-in-failed", "The account changed while you signed in. Try again.");
  });
  await record(ctx, sessionId, { session: kind, secondFactor: person.totpEnabledAt !== null });
  return { sessionId, secret: minted?.secret ?? null, expiresAt };
}

/**
 * Beside the refusals, never in the ledger: signing in must not wait for its lock, nor be able to fill it. Counted per
 * person, so that neither failed attempts nor neighbours at the same address hide a sign-in.
 */
async function record(ctx: Ctx, sessionId: string, details: Record<string, unknown>): Promise<void> {
  const actor = await actorFromSession({ id: sessionId }, ctx.now());
  if (actor) await recordRefusal({ ...ctx, actor }, { kind: "signed-in", subject: actor.email, details });
}
