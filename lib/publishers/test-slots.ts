import { DomainError } from "#lib/core/errors.ts";

const maxRunning = 2;

// On globalThis, because a bundler may load this module more than once in one process.
const shared = globalThis as { countersignRuleTests?: Set<string> };

/** One rule test per person and two per process at a time. @throws DomainError `verification-busy`. */
export async function withTestSlot<T>(personId: string, work: () => Promise<T>): Promise<T> {
  shared.countersignRuleTests ??= new Set();
  const running = shared.countersignRuleTests;
  if (running.has(personId) || running.size >= maxRunning) {
    throw new DomainError("verification-busy", "Other tests are running. Try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  running.add(personId);
  try {
    return await work();
  } finally {
    running.delete(personId);
  }
}
