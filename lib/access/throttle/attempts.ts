import { clearWindow, countInWindow, uncountInWindow } from "#lib/access/throttle/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { toNetwork } from "#lib/core/network.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";

export const throttlePrefix = "attempt:";
export const attemptWindowMs = 15 * 60_000;

const limits = { account: 10, address: 100, code: 20 } as const;

/**
 * Counts an attempt to prove an identity before it is judged, so that attempts made at once count as well. Ten per
 * account and address, a hundred per address, in fifteen minutes; on this machine too, which the limits of
 * requests leave out. Never per account alone: that would let anybody lock anybody out.
 * @param account what is being guessed at; may be an account that does not exist.
 * @returns to call when the attempt was a good one.
 * @throws DomainError `rate-limited`.
 */
export async function takeAttempt(ctx: Ctx, account: string): Promise<() => Promise<void>> {
  const source = toNetwork(ctx.address);
  const addressKey = `${throttlePrefix}address:${source}`;
  const accountKey = `${throttlePrefix}account:${sha256Hex(JSON.stringify([account, source]))}`;
  await take(ctx, addressKey, limits.address);
  await take(ctx, accountKey, limits.account);
  return async () => {
    await clearWindow(accountKey);
    await uncountInWindow(addressKey);
  };
}

/**
 * Counts a wrong second factor per account from everywhere: only somebody who has the password gets this far.
 * @throws DomainError `rate-limited`.
 */
export async function takeCodeAttempt(ctx: Ctx, personId: string): Promise<() => Promise<void>> {
  const key = `${throttlePrefix}code:${personId}`;
  await take(ctx, key, limits.code);
  return () => clearWindow(key);
}

async function take(ctx: Ctx, key: string, limit: number): Promise<void> {
  const now = ctx.now();
  const { count, windowStart } = await countInWindow(key, now, attemptWindowMs);
  if (count <= limit) return;
  rateLimitedRequests("sign-in").value++;
  const waitMs = windowStart.getTime() + attemptWindowMs - now.getTime();
  throw new DomainError("rate-limited", "Too many attempts. Wait a while, then try again.", {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
