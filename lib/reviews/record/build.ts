import type { ManifestView, Pin, ValidationIssue } from "#lib/manifest/view.ts";
import { compareMetadata } from "#lib/reviews/changes/metadata.ts";
import { comparePackages } from "#lib/reviews/changes/packages.ts";
import { compareRemotes } from "#lib/reviews/changes/remotes.ts";
import { compareSigners } from "#lib/reviews/changes/signer.ts";
import { listChips } from "#lib/reviews/record/chips.ts";
import type { ChangeView, ReviewRecord } from "#lib/reviews/view.ts";
import type { SignatureView } from "#lib/signing/view.ts";

/** A version as a review compares it: facts established when it was received, and its manifest. */
export type ReviewedVersion = {
  version: string;
  manifestDigest: string;
  manifest: ManifestView;
  signatures: SignatureView[];
};

export type ReviewFacts = ReviewedVersion & {
  registryId: string;
  name: string;
  /** Countersignatures so far. */
  round: number;
  pins: Pin[];
  validation: ValidationIssue[];
  live: ReviewedVersion | null;
  policy: ReviewRecord["policy"];
};

/**
 * Draws up everything a reviewer is shown. Pure: equal facts give equal records, whoever asks and whenever, so that its
 * digest can be recomputed when somebody approves it.
 */
export function buildReviewRecord(facts: ReviewFacts): ReviewRecord {
  const { manifest, live, pins, validation, signatures } = facts;
  const changes = listChanges(facts);
  const { claims } = manifest;
  const shownLive = live && { version: live.version, manifestDigest: live.manifestDigest };
  const seen = { live: shownLive, version: facts.version, manifest, changes, pins, claims, validation };
  return {
    schema: 1,
    registry: facts.registryId,
    name: facts.name,
    round: facts.round + 1,
    manifestDigest: facts.manifestDigest,
    ...seen,
    chips: listChips(seen, live?.manifest ?? null),
    signatures,
    policy: facts.policy,
    surface: { status: "not-captured" },
  };
}

/** Against nothing, the whole manifest is new: it is shown whole, not as a list of additions. */
function listChanges({ manifest, signatures, live }: ReviewFacts): ChangeView[] {
  if (!live) return [];
  return [
    ...compareSigners(live.signatures, signatures),
    ...comparePackages(live.manifest.packages, manifest.packages),
    ...compareRemotes(live.manifest.remotes, manifest.remotes),
    ...compareMetadata(live.manifest, manifest),
  ];
}
