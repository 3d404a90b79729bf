import type { Ctx, PersonActor, TokenActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";
import { actorLabel, appendLedger } from "#lib/ledger/index.ts";
import type { ManifestView, Pin, ValidationIssue } from "#lib/manifest/view.ts";
import { loadPublishPolicy, type PublishPolicy } from "#lib/publishers/index.ts";
import { describeIdentity } from "#lib/signing/index.ts";
import { toVersionPath } from "#lib/versions/address.ts";
import { toSubject } from "#lib/versions/name.ts";
import { assertNameFree, assertPendingRoom, assertPinned } from "#lib/versions/publish/admit.ts";
import type { Proof } from "#lib/versions/publish/prove.ts";
import { toShownState } from "#lib/versions/shown-state.ts";
import { assertStanding } from "#lib/versions/standing.ts";
import { findPublished, findServer, insertServer, insertVersion, type Uploader } from "#lib/versions/store.ts";
import type { PublishView, ShownState } from "#lib/versions/view.ts";

export type ProvenUpload = {
  manifest: ManifestView;
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  manifestDigest: string;
  pins: Pin[];
  issues: ValidationIssue[];
  proof: Proof;
};

/**
 * The writing half of publishing, in one transaction under the namespace's lock, where the policy is read again so that
 * a rule, key or root retired meanwhile cannot slip in.
 */
export async function receiveUpload(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor | TokenActor,
  upload: ProvenUpload,
  dryRun: boolean,
): Promise<PublishView> {
  const { name, version } = upload.manifest;
  const policy = await loadPublishPolicy(tx, upload.proof.policy.namespace.name, { lock: true });
  assertStanding(policy, upload.proof.upload, ctx.now());
  const server = await findServer(tx, name);
  const existing = server && (await findPublished(tx, server.id, version));
  if (existing) {
    assertSameBytes(existing.manifestDigest, upload.manifestDigest);
    return toPublishView(upload, { created: false, dryRun, state: toShownState(existing, ctx.now()) });
  }
  if (!server) await assertNameFree(tx, ctx, policy, name);
  assertPinned(policy, upload.pins);
  await assertPendingRoom(tx, policy);
  if (!dryRun) await write(tx, ctx, actor, policy, upload, server?.id ?? null);
  return toPublishView(upload, { created: !dryRun, dryRun, state: "pending" });
}

function assertSameBytes(existing: string, uploaded: string): void {
  if (existing === uploaded) return;
  throw new DomainError("version-exists", "This version was published with other bytes. Versions never change.", {
    extensions: { existingDigest: existing, uploadedDigest: uploaded },
  });
}

async function write(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor | TokenActor,
  policy: PublishPolicy,
  upload: ProvenUpload,
  serverId: string | null,
): Promise<void> {
  const { name, version } = upload.manifest;
  const { receivedAt, upload: proven } = upload.proof;
  const owner = serverId ?? (await insertServer(tx, { namespaceId: policy.namespace.id, name, at: receivedAt }));
  const versionId = await insertVersion(tx, {
    serverId: owner,
    requiredApprovals: policy.namespace.requiredApprovals,
    uploader: toUploader(actor),
    upload,
  });
  await appendLedger(tx, ctx, {
    action: "version.publish",
    subject: toSubject(name, version),
    namespace: policy.namespace.name,
    details: {
      versionId,
      manifestDigest: upload.manifestDigest,
      bundleSha256: proven.bundleSha256,
      identity: proven.identity,
      rule: { id: proven.ruleId, summary: proven.ruleSummary },
      trustRoot: { slug: proven.trustRoot.slug, sha256: proven.trustRoot.sha256 },
      policySha256: policy.policySha256,
      newServer: serverId === null,
    },
  });
}

function toUploader(actor: PersonActor | TokenActor): Uploader {
  const label = actorLabel(actor);
  if (actor.kind === "person") return { personId: actor.personId, tokenId: null, tokenCreatorId: null, label };
  return { personId: actor.ownerId, tokenId: actor.tokenId, tokenCreatorId: actor.createdById, label };
}

function toPublishView(
  { manifest, manifestDigest, pins, issues, proof }: ProvenUpload,
  outcome: { created: boolean; dryRun: boolean; state: ShownState },
): PublishView {
  const { name, version } = manifest;
  const statusPath = toVersionPath({ name, version });
  return {
    ...outcome,
    name,
    version,
    manifestDigest,
    identity: describeIdentity(proof.upload.identity),
    pins,
    issues,
    statusPath,
  };
}
