import { config } from "#lib/config/index.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";
import {
  type ChangeRow,
  findAdminSince,
  findFirstCountersignedAt,
  findOwnerSince,
  wasReset,
} from "#lib/policy-changes/store.ts";

const hourMs = 3_600_000;

/**
 * Two people protect only when one of them cannot be made, or taken over, by the other on the spot. So neither counts
 * until LOOSENING_DELAY_HOURS after becoming an administrator (or, of the proposer, an owner) or after an administrator
 * reset their password: as long as a single administrator has to wait, and long enough for the others to notice. Who
 * was there before anything was countersigned counts at once. Not seen: two accounts that one person has had for long.
 * @throws DomainError `forbidden`
 */
export async function assertIndependent(tx: Tx, change: ChangeRow, confirmerId: string, now: Date): Promise<void> {
  const settled = new Date(now.getTime() - config().looseningDelayHours * hourMs);
  const first = await findFirstCountersignedAt(tx);
  const isSettled = (since: Date | null) => since !== null && (since <= settled || (first !== null && since <= first));

  if (!isSettled(await findAdminSince(tx, confirmerId))) {
    throw tooNew("You became an administrator only recently: one who has been for longer must confirm this.");
  }
  const proposer = change.proposedById;
  const owner = change.namespaceId === null ? null : await findOwnerSince(tx, proposer, change.namespaceId);
  if (!isSettled(await findAdminSince(tx, proposer)) && !isSettled(owner)) {
    throw tooNew(
      "Who proposed this became an administrator or owner only recently, or is neither: wait, or propose it anew.",
    );
  }
  if (await wasReset(tx, [confirmerId, proposer], settled)) {
    throw tooNew(
      "An administrator reset the password of one of you only recently: somebody else must confirm this, or wait.",
    );
  }
}

function tooNew(detail: string): DomainError {
  return new DomainError("forbidden", detail);
}
