import { freshSignInMs, mayReview } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type Authorship, findConflict } from "#lib/reviews/eligibility.ts";
import type { ReviewView } from "#lib/reviews/view.ts";
import type { DetailRow } from "#lib/versions/index.ts";

export type DecisionFacts = {
  authorship: Authorship;
  /** What of the publisher's proof no longer stands. */
  fallen: string | null;
  /** Who approved this very record. */
  approvedBy: readonly string[];
};

/** Whether the caller may decide now, for the page; the verbs ask again, under lock. */
export function toDecision({ actor, now }: Ctx, row: DetailRow, facts: DecisionFacts): ReviewView["decide"] {
  if (actor.kind !== "person" || !mayReview(actor, row.server.namespace.name)) {
    return { allowed: false, reason: "You are not a reviewer here.", mayReject: false, needsFreshSignIn: false };
  }
  const { personId: id, email } = actor;
  const pending = row.state === "pending";
  const reason =
    (pending ? null : `This version is ${row.state}.`) ??
    facts.fallen ??
    findConflict(facts.authorship, { id, email }) ??
    (facts.approvedBy.includes(id) ? "You approved this already." : null);
  const needsFreshSignIn = now().getTime() - actor.authenticatedAt.getTime() >= freshSignInMs;
  return { allowed: reason === null, reason, mayReject: pending, needsFreshSignIn };
}
