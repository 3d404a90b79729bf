export * from "#lib/access/authority.ts";
export { actorFromBearer } from "#lib/access/bearer.ts";
export { getInstanceSecret } from "#lib/access/instance-secret.ts";
export { endSession, endSessionSchema } from "#lib/access/sessions/end-session.ts";
export { sessionLifetimeMs } from "#lib/access/sessions/lifetime.ts";
export { listSessions } from "#lib/access/sessions/list-sessions.ts";
export { reauthenticate, reauthenticateSchema } from "#lib/access/sessions/reauthenticate.ts";
export { actorFromSession } from "#lib/access/sessions/session-actor.ts";
export { type SignedIn, signIn, signInSchema } from "#lib/access/sessions/sign-in.ts";
