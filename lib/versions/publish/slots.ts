import { config } from "#lib/config/index.ts";
import type { PersonActor, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";

const perCaller = 2;

// On globalThis, because a bundler may load this module more than once in one process.
const shared = globalThis as { countersignVerifications?: Map<string, number> };

/**
 * Runs one verification of a caller's upload when fewer than MAX_CONCURRENT_VERIFICATIONS run in this process, at most
 * two of them the same person's, by whatever tokens, or the same robot's. Nothing waits in line: a queue would let one caller hold up all.
 * @throws DomainError `verification-busy`
 */
export async function withVerificationSlot<T>(actor: PersonActor | TokenActor, work: () => Promise<T>): Promise<T> {
  shared.countersignVerifications ??= new Map();
  const running = shared.countersignVerifications;
  const caller = actor.kind === "person" ? actor.personId : (actor.ownerId ?? actor.tokenId);
  const own = running.get(caller) ?? 0;
  const all = [...running.values()].reduce((sum, count) => sum + count, 0);
  if (own >= perCaller || all >= config().maxConcurrentVerifications) {
    throw new DomainError("verification-busy", "Too many uploads are being verified. Try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  running.set(caller, own + 1);
  try {
    return await work();
  } finally {
    const left = (running.get(caller) ?? 1) - 1;
    if (left > 0) running.set(caller, left);
    else running.delete(caller);
  }
}
