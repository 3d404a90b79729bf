import { requireReviewer } from "#lib/access/authority.ts";
import { RejectInput } from "#lib/approval/schemas.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import { getReview, getReviewedVersion, loadReview, reviewChanged } from "#lib/reviews/index.ts";
import type { ReviewView } from "#lib/reviews/view.ts";
import { lockVersion, stateConflict, toSubject, updateVersions } from "#lib/versions/index.ts";

/**
 * Rejects exactly the review record whose digest is posted. The uploader sees the reason. One reviewer is enough, also
 * one who may not approve; an administrator can reopen the version.
 * @throws DomainError `forbidden`, `not-found`, `invalid-input`, `state-conflict`, `review-changed`
 */
export async function rejectVersion(ctx: Ctx, raw: RejectInput): Promise<ReviewView> {
  const input = parseInput(RejectInput, raw);
  const seen = await getReviewedVersion(ctx, input.versionId);
  const namespace = seen.server.namespace;
  requireReviewer(ctx, namespace.name);
  await transact(async (tx) => {
    const policy = await loadPublishPolicy(tx, namespace.name, { lock: true });
    const row = await lockVersion(tx, namespace.id, seen.id);
    if (row.state !== "pending") throw stateConflict(row, "only pending versions can be rejected");
    const review = await loadReview(tx, { registryId: ctx.registryId, now: ctx.now() }, row, policy);
    if (review.digest !== input.reviewDigest) throw reviewChanged();
    const { at } = await appendLedger(tx, ctx, {
      action: "version.reject",
      subject: toSubject(row.server.name, row.version),
      namespace: namespace.name,
      details: {
        versionId: row.id,
        reviewDigest: review.digest,
        manifestDigest: row.manifestDigest,
        reason: input.reason,
      },
    });
    const change = { statusMessage: input.reason, statusChangedAt: at, updatedAt: at };
    await updateVersions(tx, [row.id], { state: "rejected", ...change });
  });
  return getReview(ctx, { versionId: seen.id });
}
