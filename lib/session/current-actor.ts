import { decode } from "next-auth/jwt";
import { actorFromSession, getInstanceSecret, idSchema } from "#lib/access/index.ts";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { getInstallation } from "#lib/http/installation.ts";
import { toPageError } from "#lib/http/refusal.ts";
import { startContext } from "#lib/http/start-context.ts";
import { toSessionCookie } from "#lib/session/cookie.ts";
import { requestCookie, requestHeaders } from "#lib/session/request.ts";

const anonymous: Actor = { kind: "anonymous" };

/** Who asks for a page or runs an action: the session of the cookie, looked up now. Never throws for a bad cookie. */
export async function currentActor(): Promise<Actor> {
  const cookie = await requestCookie(toSessionCookie(getInstallation().registryId).name);
  if (!cookie) return anonymous;
  const sessionId = await readSessionId(cookie);
  return (sessionId && (await actorFromSession({ id: sessionId }, new Date()))) || anonymous;
}

/**
 * Context for a page: the actor of the cookie, the address and id of the request.
 * @throws DomainError `unavailable`, which the error page knows, when the actor cannot be looked up.
 */
export async function pageCtx(): Promise<Ctx> {
  return startContext(await requestHeaders(), await currentActor().catch(failPage));
}

function failPage(error: unknown): never {
  throw toPageError(error);
}

async function readSessionId(cookie: string): Promise<string | null> {
  const token = await decode({ token: cookie, secret: getInstanceSecret() }).catch(() => null);
  return idSchema.safeParse(token?.sid).data ?? null;
}
