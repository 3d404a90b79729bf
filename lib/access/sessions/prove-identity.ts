import { verifyPassword } from "#lib/access/passwords/hash.ts";
import type { CredentialsRow } from "#lib/access/passwords/store.ts";
import { takeAttempt, takeCodeAttempt } from "#lib/access/throttle/attempts.ts";
import { findTotpStep } from "#lib/access/totp/codes.ts";
import { openTotpSecret } from "#lib/access/totp/sealed.ts";
import { consumeTotpStep } from "#lib/access/totp/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { transact } from "#lib/db/transact.ts";
import { recordRefusal } from "#lib/ledger/index.ts";

export type Proof = { password: string; totp?: string | undefined };

/** What is being proved: which account, and how a refusal is filed. */
export type Claim = { account: string; kind: "sign-in" | "reauthentication"; credentials: CredentialsRow | null };

/**
 * Proves an identity by password and, where enrolled, a code that works once. Throttled before anything is judged; the
 * work done, and the answer, are the same for a wrong password, a deactivated person and an account that does not exist.
 * @throws DomainError `sign-in-failed` (with `totpRequired: true` when only the code is missing), `rate-limited`.
 */
export async function proveIdentity(ctx: Ctx, claim: Claim, proof: Proof): Promise<CredentialsRow> {
  const succeed = await takeAttempt(ctx, claim.account).catch((error: unknown) =>
    refuse(ctx, claim, "throttled", error),
  );
  const person = claim.credentials?.state === "active" ? claim.credentials : null;
  const matches = await verifyPassword(proof.password, person?.passwordHash ?? null);
  if (!person || !matches) return refuse(ctx, claim, person ? "wrong password" : "no such active account", failed());
  if (person.totpEnabledAt) await proveCode(ctx, claim, person, proof.totp);
  await succeed();
  return person;
}

async function proveCode(ctx: Ctx, claim: Claim, person: CredentialsRow, code: string | undefined): Promise<void> {
  if (!code) {
    throw new DomainError("sign-in-failed", "Enter the code of your authenticator app.", {
      extensions: { totpRequired: true },
    });
  }
  const succeed = await takeCodeAttempt(ctx, person.id).catch((error: unknown) =>
    refuse(ctx, claim, "throttled", error),
  );
  const step = findTotpStep(openTotpSecret(person.totpSecret ?? "", person.id), code, ctx.now());
  const used = step !== null && (await transact((tx) => consumeTotpStep(tx, person.id, step)));
  if (!used) return refuse(ctx, claim, step === null ? "wrong code" : "code used before", failed(true));
  await succeed();
}

/** The typed address is named only when it is an account's: people type passwords into the wrong field. */
async function refuse(ctx: Ctx, claim: Claim, reason: string, error: unknown): Promise<never> {
  const subject = claim.credentials?.email ?? "unknown account";
  await recordRefusal(ctx, { kind: claim.kind, subject, details: { reason } });
  throw error;
}

function failed(totpRequired = false): DomainError {
  const detail = totpRequired ? "The code is wrong or was used before." : "E-mail address or password is not right.";
  return new DomainError("sign-in-failed", detail, { extensions: totpRequired ? { totpRequired } : {} });
}
