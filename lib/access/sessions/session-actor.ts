import { isOpenSession } from "#lib/access/sessions/lifetime.ts";
import { findSession, touchSession } from "#lib/access/sessions/store.ts";
import type { PersonActor } from "#lib/core/context.ts";

const touchEveryMs = 60_000;

/**
 * The person behind a session, with the grants of now: a session is looked up at every call, so ending it, deactivating
 * the person or changing grants counts at once.
 * @param key the session's id (from our own encrypted cookie) or the hash of an API session's token.
 * @returns null for a session that has ended, expired or idled out, or whose person is deactivated.
 */
export async function actorFromSession(
  key: { id: string } | { tokenHash: string },
  now: Date,
): Promise<PersonActor | null> {
  const session = await findSession(key);
  if (!session || !isOpenSession(session, now) || session.person.state !== "active") return null;
  if (now.getTime() - session.lastSeenAt.getTime() > touchEveryMs) await touchSession(session.id, now);
  const { person } = session;
  return {
    kind: "person",
    personId: person.id,
    sessionId: session.id,
    name: person.name,
    email: person.email,
    authenticatedAt: session.authenticatedAt,
    grants: person.grants,
    owns: person.ownerships.map(({ namespace }) => namespace.name),
  };
}
