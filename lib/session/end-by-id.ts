import { actorFromSession, endSession } from "#lib/access/index.ts";
import { startContext } from "#lib/http/start-context.ts";
import { requestHeaders } from "#lib/session/request.ts";

/** Ends the session a cookie names, at sign-out. A session that has ended already is no error. */
export async function endSessionById(sessionId: string | undefined): Promise<void> {
  if (!sessionId) return;
  const actor = await actorFromSession({ id: sessionId }, new Date());
  if (!actor) return;
  await endSession(startContext(await requestHeaders(), actor), { session: "current" });
}
