import { isResolvableByLedger } from "#lib/resolver/catalogue/entry.ts";
import { manifestOf } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

/**
 * The versions of a server with everything that a later reading takes from them, and nothing that it gives: no other
 * version, none that was hidden, no later expiry. A version that is gone, or has other bytes now, is left out.
 */
export function takeOnly(known: readonly VerifiedVersion[], later: readonly VerifiedVersion[]): VerifiedVersion[] {
  const byVersion = new Map(later.map((facts) => [facts.version, facts]));
  return known.flatMap((facts) => {
    const now = byVersion.get(facts.version);
    if (!now || !manifestOf(now).equals(manifestOf(facts))) return [];
    return gives(facts, now) ? [facts] : [now];
  });
}

function gives(before: VerifiedVersion, after: VerifiedVersion): boolean {
  if (!isResolvableByLedger(after)) return false;
  return !isResolvableByLedger(before) || (after.expiresAt ?? 0) > (before.expiresAt ?? 0);
}
