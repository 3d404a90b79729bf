import { requireFresh, requireReviewer } from "#lib/access/authority.ts";
import { countersign } from "#lib/approval/countersign.ts";
import { toExpiry } from "#lib/approval/expiry.ts";
import { findLatestId, touchLatest } from "#lib/approval/latest.ts";
import { toApprovedPredicate } from "#lib/approval/predicate.ts";
import { recordApprovalRefusal } from "#lib/approval/refusal.ts";
import { type Reverified, reverify } from "#lib/approval/reverify.ts";
import { ApproveInput } from "#lib/approval/schemas.ts";
import { insertApproval, saveVote } from "#lib/approval/store.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import type { Digest } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger, type LedgerHead } from "#lib/ledger/index.ts";
import { loadPublishPolicy, type PublishPolicy } from "#lib/publishers/index.ts";
import {
  type CountedVote,
  countVotes,
  findConflict,
  getReview,
  getReviewedVersion,
  type LoadedReview,
  loadReview,
  reviewChanged,
} from "#lib/reviews/index.ts";
import type { ReviewView } from "#lib/reviews/view.ts";
import {
  assertStanding,
  type DetailRow,
  lockVersion,
  stateConflict,
  toSubject,
  updateVersions,
} from "#lib/versions/index.ts";

/**
 * Approves exactly the review record whose digest is posted. In one transaction, with namespace and version locked, the
 * record is drawn up again and must be the same; rule, key and trust root must stand now; the publisher's signature
 * was verified again from the stored bytes just before; and the approver had no hand in the upload. The approval that
 * completes the quorum signs the countersignature in the same transaction, so its bytes exist nowhere before commit.
 * @throws DomainError `reauthentication-required`, `forbidden`, `not-found`, `invalid-input`, `state-conflict`,
 * `review-changed`, `publisher-not-allowed`, `signature-rejected`, `approver-not-eligible`
 */
export async function approveVersion(ctx: Ctx, raw: ApproveInput): Promise<ReviewView> {
  requireFresh(ctx);
  const input = parseInput(ApproveInput, raw);
  const row = await getReviewedVersion(ctx, input.versionId);
  const person = requireReviewer(ctx, row.server.namespace.name);
  const proof = await reverify(ctx, row);
  try {
    await transact((tx) => approve(tx, ctx, person, row, { ...input, proof }));
  } catch (error) {
    throw await recordApprovalRefusal(ctx, row, error);
  }
  return getReview(ctx, { versionId: row.id });
}

type Asked = { reviewDigest: string; expiresAt: string; proof: Reverified };

async function approve(tx: Tx, ctx: Ctx, person: PersonActor, seen: DetailRow, asked: Asked): Promise<void> {
  const policy = await loadPublishPolicy(tx, seen.server.namespace.name, { lock: true });
  const row = await lockVersion(tx, seen.server.namespace.id, seen.id);
  if (row.state !== "pending") throw stateConflict(row, "only pending versions can be approved");
  const now = ctx.now();
  const review = await loadReview(tx, { registryId: ctx.registryId, now }, row, policy);
  if (review.digest !== asked.reviewDigest) throw reviewChanged();
  assertProven(asked.proof, policy, now);
  const conflict = findConflict(review.authorship, { id: person.personId, email: person.email });
  if (conflict !== null) throw new DomainError("approver-not-eligible", conflict);
  const expiresAt = toExpiry(asked.expiresAt, policy.namespace.lifetimeDays, now);
  const { votes, head } = await vote(tx, ctx, person, row, review, expiresAt);
  if (countPeople(votes) >= review.record.policy.required) await complete(tx, ctx, row, review, votes, head);
}

function assertProven({ uploads, refusal }: Reverified, policy: PublishPolicy, now: Date): void {
  if (refusal) throw refusal;
  for (const upload of uploads) assertStanding(policy, upload, now);
}

async function vote(
  tx: Tx,
  ctx: Ctx,
  person: PersonActor,
  row: DetailRow,
  { authorship, digest, record }: LoadedReview,
  expiresAt: Date,
): Promise<{ votes: CountedVote[]; head: LedgerHead }> {
  const namespace = row.server.namespace.name;
  const question = { version: row, namespace, authorship, digest, now: ctx.now() };
  const before = (await countVotes(tx, question)).filter((given) => given.counts);
  if (before.some((given) => given.personId === person.personId)) {
    throw new DomainError("state-conflict", "You approved this already.");
  }
  const head = await appendLedger(tx, ctx, {
    action: "version.approve",
    subject: toSubject(row.server.name, row.version),
    namespace,
    details: {
      versionId: row.id,
      reviewDigest: digest,
      manifestDigest: row.manifestDigest,
      round: row.round + 1,
      expiresAt: expiresAt.toISOString(),
      counted: countPeople(before) + 1,
      required: record.policy.required,
    },
  });
  const { personId } = person;
  await saveVote(tx, {
    versionId: row.id,
    round: row.round + 1,
    personId,
    reviewDigest: digest,
    expiresAt,
    at: head.at,
  });
  return { votes: (await countVotes(tx, question)).filter((given) => given.counts), head };
}

function countPeople(votes: readonly CountedVote[]): number {
  return new Set(votes.map((given) => given.personId)).size;
}

/** The quorum is there. The countersignature names the ledger as it is with the last approval in it. */
async function complete(
  tx: Tx,
  ctx: Ctx,
  row: DetailRow,
  { record, bytes, digest }: LoadedReview,
  votes: readonly CountedVote[],
  auditHead: LedgerHead,
): Promise<void> {
  const approvers = [...new Set(votes.map((given) => given.personId))];
  const expiresAt = new Date(Math.min(...votes.map((given) => given.expiresAt.getTime())));
  const { sha256, required } = record.policy;
  const rules = record.signatures.map(({ rule }) => rule);
  const predicate = toApprovedPredicate(
    { registryId: ctx.registryId, row, rules, policy: { sha256, required }, approvers, at: auditHead.at, auditHead },
    { reviewDigest: digest, expiresAt },
  );
  const signed = await countersign(predicate, row.manifestDigest as Digest);
  await insertApproval(tx, row.id, signed, bytes);
  const latestBefore = await findLatestId(tx, row.serverId);
  const { at } = await appendLedger(tx, ctx, {
    action: "version.countersign",
    subject: toSubject(row.server.name, row.version),
    namespace: row.server.namespace.name,
    serverName: row.server.name,
    details: {
      versionId: row.id,
      manifestDigest: row.manifestDigest,
      reviewDigest: digest,
      round: predicate.round,
      approvalSha256: signed.approval.sha256,
      keyId: signed.approval.keyId,
      approvers: predicate.approvers,
      expiresAt: predicate.expiresAt,
    },
  });
  await updateVersions(tx, [row.id], {
    state: "approved",
    statusMessage: null,
    statusChangedAt: at,
    updatedAt: at,
    publishedAt: row.publishedAt ?? at,
    expiresAt,
    round: predicate.round,
  });
  await touchLatest(tx, latestBefore, await findLatestId(tx, row.serverId), at);
}
