import { holdsRole } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import type { Pin } from "#lib/manifest/view.ts";
import { QueueInput } from "#lib/reviews/schemas.ts";
import { requireReviewScope } from "#lib/reviews/scope.ts";
import { countQueue, countWaitingFor, listFacets, listQueue, type QueueRow } from "#lib/reviews/store.ts";
import type { ReviewQueueItemView, ReviewQueueView } from "#lib/reviews/view.ts";
import { describeIdentity } from "#lib/signing/index.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { toShownState } from "#lib/versions/index.ts";

const pageSize = 25;

/**
 * The review queue of the namespaces the caller reviews, or of all for admins and auditors. Lists only; what a list
 * shows is never enough to decide.
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid-input`
 */
export async function getQueue(ctx: Ctx, raw: QueueInput): Promise<ReviewQueueView> {
  const scope = requireReviewScope(ctx);
  const filter = parseInput(QueueInput, raw);
  const now = ctx.now();
  const [{ total, rows }, counters, waitingForYou, facets] = await Promise.all([
    listQueue(scope, filter, now, pageSize),
    countQueue(scope, now),
    countWaiting(ctx),
    listFacets(scope),
  ]);
  return {
    items: rows.map((row) => toItemView(row, now)),
    counters: { ...counters, waitingForYou },
    ...facets,
    page: filter.page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    total,
  };
}

async function countWaiting({ actor }: Ctx): Promise<number> {
  if (actor.kind !== "person" || !holdsRole(actor, "reviewer")) return 0;
  const names = actor.grants.filter(({ role }) => role === "reviewer").map(({ namespace }) => namespace);
  const all = names.some((name) => name === null || name === "*");
  return countWaitingFor(actor.personId, all ? null : names.flatMap((name) => name?.toLowerCase() ?? []));
}

function toItemView(row: QueueRow, now: Date): ReviewQueueItemView {
  const identity = row.bundles[0]?.identity as VerifiedIdentity | undefined;
  return {
    versionId: row.id,
    name: row.server.name,
    version: row.version,
    title: row.title,
    state: toShownState(row, now),
    receivedAt: row.receivedAt.toISOString(),
    publisher: row.uploaderLabel,
    signer: identity ? describeIdentity(identity) : "unknown",
    approvals: countApprovals(row),
    requiredApprovals: row.requiredApprovals,
    isNew: row.server._count.versions === 0,
    unpinned: (row.pins as Pin[]).filter((pin) => pin.status === "unpinned").length,
  };
}

/** Distinct approvals of the newest record anybody approved. The review page says which of them count now. */
function countApprovals(row: QueueRow): number {
  const { state, statusChangedAt, votes } = row;
  const inRound = votes.filter(
    (vote) => vote.round === toVotedRound(row) && (state !== "pending" || vote.createdAt > statusChangedAt),
  );
  const newest = inRound.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
  const ofNewest = inRound.filter((vote) => vote.reviewDigest === newest?.reviewDigest);
  return new Set(ofNewest.map((vote) => vote.personId)).size;
}

/** The round people voted in last: the coming one, the one just approved, or the one before a revocation. */
function toVotedRound({ state, round }: QueueRow): number {
  if (state === "revoked") return round - 1;
  return state === "approved" || state === "quarantined" ? round : round + 1;
}
