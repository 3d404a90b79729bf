import type { Tx } from "#lib/db/transact.ts";
import { type Authorship, findConflict } from "#lib/reviews/eligibility.ts";
import { listVoters, listVotes, type VoteRow, type VoterRow } from "#lib/reviews/store.ts";

export type CountedVote = VoteRow & { name: string; counts: boolean };

export type VoteQuestion = {
  version: { id: string; round: number; statusChangedAt: Date };
  namespace: string;
  authorship: Authorship;
  /** Digest of the review record as it is now. */
  digest: string;
  now: Date;
};

/**
 * Every approval given since the version last changed state, and whether it counts now: it is of this record, its end
 * is still to come, and the person is active, still a reviewer here, and had no hand in the upload.
 */
export async function countVotes(tx: Tx | null, question: VoteQuestion): Promise<CountedVote[]> {
  const votes = await listVotes(tx, question.version);
  const voters = new Map(
    (
      await listVoters(
        tx,
        votes.map((vote) => vote.personId),
      )
    ).map((voter) => [voter.id, voter]),
  );
  return votes.map((vote) => {
    const voter = voters.get(vote.personId);
    return {
      ...vote,
      name: voter?.name ?? "somebody",
      counts: voter !== undefined && isCounted(vote, voter, question),
    };
  });
}

function isCounted(vote: VoteRow, voter: VoterRow, { digest, namespace, authorship, now }: VoteQuestion): boolean {
  return (
    vote.reviewDigest === digest &&
    vote.expiresAt.getTime() > now.getTime() &&
    voter.active &&
    voter.reviews.some((name) => name === "*" || name.toLowerCase() === namespace.toLowerCase()) &&
    findConflict(authorship, voter) === null
  );
}
