import type { ChangeRow } from "#lib/policy-changes/store.ts";

/** Since when people are what they are: see `loadStanding`. Who is missing in a map is not, or has not. */
export type Standing = {
  firstCountersignedAt: Date | null;
  adminSince: ReadonlyMap<string, Date>;
  /** Of one change's namespace by proposer; keys by `ownerKey`. */
  ownerSince: ReadonlyMap<string, Date>;
  /** When a person last set a password by a link that an administrator made. */
  resetAt: ReadonlyMap<string, Date>;
};

/** Why somebody may not confirm, and from when they may; `from` is null when waiting will not help. */
export type Obstacle = { reason: string; from: Date | null };

export type ConfirmableChange = Pick<ChangeRow, "proposedById" | "namespaceId">;

export const ownerKey = (namespaceId: string, personId: string) => `${namespaceId} ${personId}`;

/**
 * Two people protect only when one of them cannot be made, or taken over, by the other on the spot. So neither counts
 * until the delay after becoming an administrator (or, of the proposer, an owner) or after an administrator reset their
 * password: as long as a single administrator has to wait, and long enough for the others to notice. Who was there
 * before anything was countersigned counts at once. Not seen: two accounts that one person has had for long.
 * @returns null when the confirmer may confirm now; else what is longest in the way.
 */
export function findObstacle(
  standing: Standing,
  change: ConfirmableChange,
  confirmerId: string,
  { now, delayMs }: { now: Date; delayMs: number },
): Obstacle | null {
  const { proposedById: proposer, namespaceId } = change;
  const { adminSince, ownerSince, resetAt } = standing;
  const owner = namespaceId === null ? undefined : ownerSince.get(ownerKey(namespaceId, proposer));
  const proposerSince = earliest(adminSince.get(proposer), owner);
  const confirmerSince = earliest(adminSince.get(confirmerId));
  if (!confirmerSince) return { reason: "You are no administrator any more.", from: null };
  if (!proposerSince) return { reason: "Who proposed this is no administrator or owner any more.", from: null };

  const obstacles: Obstacle[] = [];
  const waitFrom = (began: Date, reason: string) => {
    const from = new Date(began.getTime() + delayMs);
    if (from > now) obstacles.push({ reason, from });
  };
  const first = standing.firstCountersignedAt;
  const isNew = (since: Date) => first === null || since > first;
  if (isNew(confirmerSince)) waitFrom(confirmerSince, "You became an administrator only recently.");
  if (isNew(proposerSince))
    waitFrom(proposerSince, "Who proposed this became an administrator or owner only recently.");
  for (const reset of [resetAt.get(confirmerId), resetAt.get(proposer)]) {
    if (reset) waitFrom(reset, "An administrator reset the password of one of you only recently.");
  }
  return obstacles.sort((a, b) => Number(b.from) - Number(a.from))[0] ?? null;
}

function earliest(...dates: (Date | undefined)[]): Date | undefined {
  return dates.filter((date) => date !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
}
