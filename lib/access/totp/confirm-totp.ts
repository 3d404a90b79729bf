import { z } from "zod";
import { requireFresh } from "#lib/access/authority.ts";
import { findCredentials } from "#lib/access/passwords/store.ts";
import { totpSchema } from "#lib/access/schemas.ts";
import { takeCodeAttempt } from "#lib/access/throttle/attempts.ts";
import { findTotpStep } from "#lib/access/totp/codes.ts";
import { openTotpSecret } from "#lib/access/totp/sealed.ts";
import { enableTotp } from "#lib/access/totp/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const confirmTotpSchema = z.strictObject({ totp: totpSchema });

/**
 * Puts the started authenticator in force after one right code, which is used up by it.
 * @throws DomainError `invalid-input` for a wrong code, `state-conflict` when none was started, `rate-limited`.
 */
export async function confirmTotp(ctx: Ctx, input: unknown): Promise<void> {
  const actor = requireFresh(ctx);
  const { totp } = parseInput(confirmTotpSchema, input);
  const person = await findCredentials({ id: actor.personId });
  const sealed = person?.totpEnabledAt ? null : person?.totpSecret;
  if (!sealed) throw new DomainError("state-conflict", "Start enrolling an authenticator first.");
  const succeed = await takeCodeAttempt(ctx, actor.personId);
  const step = findTotpStep(openTotpSecret(sealed, actor.personId), totp, ctx.now());
  if (step === null) throw wrongCode();
  await transact(async (tx) => {
    if (!(await enableTotp(tx, actor.personId, sealed, step, ctx.now()))) throw wrongCode();
    const details = { person: actor.personId };
    await appendLedger(tx, ctx, { action: "person.enable-totp", subject: actor.email, details });
  });
  await succeed();
}

function wrongCode(): DomainError {
  const detail = "This code is not right. Check the clock of the device and try the next one.";
  return new DomainError("invalid-input", detail, { fields: [{ pointer: "/totp", detail }] });
}
