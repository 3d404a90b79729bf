import type { Tx } from "#lib/db/transact.ts";
import { readManifest } from "#lib/manifest/index.ts";
import type { Pin, ValidationIssue } from "#lib/manifest/view.ts";
import type { PublishPolicy } from "#lib/publishers/index.ts";
import type { Authorship } from "#lib/reviews/eligibility.ts";
import { buildReviewRecord, type ReviewedVersion } from "#lib/reviews/record/build.ts";
import { type SealedRecord, sealRecord } from "#lib/reviews/record/digest.ts";
import { describeRule, explainRule } from "#lib/signing/index.ts";
import type { SignatureView, VerifiedIdentity } from "#lib/signing/view.ts";
import {
  type Claim,
  type DetailRow,
  findVersionById,
  listKnownRoots,
  listLatestCandidates,
  pickLatest,
  toSignatureView,
} from "#lib/versions/index.ts";

export type LoadedReview = SealedRecord & { live: DetailRow | null; claims: Claim[]; authorship: Authorship };

/**
 * Draws up the review record of a version as of now: against what readers get as `latest` at this moment, under the
 * policy of this moment. Within a transaction that holds the version's lock it is the one that counts.
 */
export async function loadReview(
  tx: Tx | null,
  at: { registryId: string; now: Date },
  row: DetailRow,
  policy: PublishPolicy,
): Promise<LoadedReview> {
  const live = await findLive(tx, row, at.now);
  const roots = await listKnownRoots(tx);
  const signatures = row.bundles.map((bundle) => {
    const signature = toSignatureView(bundle, roots);
    return { ...signature, rule: findCurrentRule(policy, signature) ?? signature.rule };
  });
  const { requiredApprovals, lifetimeDays, unpinned } = policy.namespace;
  const record = buildReviewRecord({
    ...toReviewed(row, signatures),
    registryId: at.registryId,
    name: row.server.name,
    round: row.round,
    pins: row.pins as Pin[],
    validation: row.validation as ValidationIssue[],
    live:
      live &&
      toReviewed(
        live,
        live.bundles.map((bundle) => toSignatureView(bundle, roots)),
      ),
    policy: {
      sha256: policy.policySha256,
      required: Math.max(row.requiredApprovals, requiredApprovals),
      lifetimeDays,
      unpinned,
    },
  });
  return { ...sealRecord(record), live, claims: toClaims(row, signatures), authorship: toAuthorship(row, policy) };
}

async function findLive(tx: Tx | null, row: DetailRow, now: Date): Promise<DetailRow | null> {
  const others = (await listLatestCandidates(tx, row.serverId)).filter(({ id }) => id !== row.id);
  const latest = pickLatest(others, now);
  return latest && findVersionById(tx, latest.id);
}

function toReviewed(row: DetailRow, signatures: SignatureView[]): ReviewedVersion {
  return { version: row.version, manifestDigest: row.manifestDigest, manifest: readManifest(row.manifest), signatures };
}

/** The rule that lets this signer in now: the one of then when it still does, else any other active one. */
function findCurrentRule(policy: PublishPolicy, signature: SignatureView): SignatureView["rule"] | null {
  const subject = { kind: signature.kind, trustRootSlug: signature.trustRoot.slug };
  const matching = policy.rules.filter((rule) => explainRule(rule, signature.identity, subject).matches);
  const rule = matching.find(({ id }) => id === signature.rule.id) ?? matching[0];
  return rule ? { id: rule.id, summary: describeRule(rule) } : null;
}

function toClaims(row: DetailRow, signatures: SignatureView[]): Claim[] {
  return signatures.map(({ rule, identity, kind, trustRoot }, index) => ({
    ruleId: rule.id,
    identity,
    kind,
    managedKeyId: row.bundles[index]?.managedKeyId ?? null,
    trustRoot: { slug: trustRoot.slug, sha256: null },
  }));
}

function toAuthorship(row: DetailRow, policy: PublishPolicy): Authorship {
  const keyIds = new Set(row.bundles.map((bundle) => bundle.managedKeyId));
  return {
    uploaderPersonId: row.uploaderPersonId,
    tokenCreatorId: row.tokenCreatorId,
    keyControllerIds: policy.managedKeys.filter(({ id }) => keyIds.has(id)).flatMap((key) => key.controllerIds),
    identities: row.bundles.map((bundle) => bundle.identity as VerifiedIdentity),
  };
}
