const hour = 3_600_000;

/** From sign-in to the end, whatever happens between. */
export const sessionLifetimeMs = { browser: 12 * hour, api: hour / 4 } as const;

/** A browser session unused for this long has ended. */
export const maxIdleMs = 2 * hour;

type SessionTimes = { endedAt: Date | null; expiresAt: Date; lastSeenAt: Date };

export function isOpenSession(session: SessionTimes, now: Date): boolean {
  const idle = now.getTime() - session.lastSeenAt.getTime();
  return session.endedAt === null && session.expiresAt > now && idle < maxIdleMs;
}
