import { requirePerson } from "#lib/access/authority.ts";
import { isOpenSession } from "#lib/access/sessions/lifetime.ts";
import { listOpenSessions } from "#lib/access/sessions/store.ts";
import type { SessionView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";

/** The caller's own open sessions, the latest used first. */
export async function listSessions(ctx: Ctx): Promise<SessionView[]> {
  const actor = requirePerson(ctx);
  const now = ctx.now();
  const rows = await listOpenSessions(actor.personId, now);
  return rows
    .filter((row) => isOpenSession(row, now))
    .map((row) => ({
      id: row.id,
      current: row.id === actor.sessionId,
      kind: row.kind,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      address: row.address,
      userAgent: row.userAgent,
    }));
}
