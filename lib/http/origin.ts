import { DomainError } from "#lib/core/errors.ts";

/**
 * A change by cookie must come from our own pages. Compared with PUBLIC_URL, never with Host or forwarded headers, which
 * an attacker in front of us could choose. A missing Origin is refused: every browser sends it with a POST.
 * @throws DomainError `origin-mismatch`.
 */
export function assertSameOrigin(headers: Headers, registryId: string): void {
  const origin = headers.get("origin");
  if (origin === null || origin !== new URL(registryId).origin) {
    throw new DomainError("origin-mismatch", "Open the registry at its own address and try again.");
  }
}
