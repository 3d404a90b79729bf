export { toAuthOptions } from "#lib/session/auth-options.ts";
export { currentActor, pageCtx } from "#lib/session/current-actor.ts";
export { requestHeaders } from "#lib/session/request.ts";
