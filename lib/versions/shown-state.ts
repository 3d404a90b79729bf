import type { ShownState, VersionState } from "#lib/versions/view.ts";

/** The stored state, or `expired` once the newest approval's end has come. Expiry is computed, never stored. */
export function toShownState(version: { state: VersionState; expiresAt: Date | null }, now: Date): ShownState {
  return version.state === "approved" && !isUnexpired(version, now) ? "expired" : version.state;
}

/** Approved and not expired. Nothing absent counts: an approval without an end resolves nothing. */
export function isResolvable(version: { state: VersionState; expiresAt: Date | null }, now: Date): boolean {
  return version.state === "approved" && isUnexpired(version, now);
}

function isUnexpired({ expiresAt }: { expiresAt: Date | null }, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() > now.getTime();
}
