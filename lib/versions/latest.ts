import { compareReleases } from "#lib/manifest/index.ts";
import { isResolvable } from "#lib/versions/shown-state.ts";
import type { VersionState } from "#lib/versions/view.ts";

export type LatestCandidate = {
  id: string;
  version: string;
  state: VersionState;
  publishedAt: Date | null;
  expiresAt: Date | null;
};

/** The version readers get as `latest` at that moment: the highest resolvable one by the official rule, or null. */
export function pickLatest<Candidate extends LatestCandidate>(
  versions: readonly Candidate[],
  now: Date,
): Candidate | null {
  const resolvable = versions.filter((version) => isResolvable(version, now));
  return resolvable.sort((a, b) => compareReleases(toRelease(b), toRelease(a)))[0] ?? null;
}

function toRelease({ version, publishedAt }: LatestCandidate) {
  return { version, publishedAt: publishedAt?.getTime() ?? Number.MAX_SAFE_INTEGER };
}
