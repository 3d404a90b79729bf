import { env } from "node:process";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { getInstanceSecret, sessionLifetimeMs, signIn } from "#lib/access/index.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { logError } from "#lib/http/error-log.ts";
import { getInstallation } from "#lib/http/installation.ts";
import { startContext } from "#lib/http/start-context.ts";
import { toFormCookie, toSessionCookie } from "#lib/session/cookie.ts";
import { endSessionById } from "#lib/session/end-by-id.ts";

const maxAgeSeconds = sessionLifetimeMs.browser / 1000;

/**
 * Settings of the sign-in endpoints. The cookie's token carries the id of a session row and nothing else: the row is
 * looked up at every request, so a session can be ended.
 */
export function toAuthOptions(): NextAuthOptions {
  const { registryId } = getInstallation();
  // Where the library redirects to; without it, it would believe the Host header.
  env.NEXTAUTH_URL = registryId;
  return {
    secret: getInstanceSecret(),
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-out" },
    cookies: {
      sessionToken: toSessionCookie(registryId),
      csrfToken: toFormCookie(registryId, "csrf"),
      callbackUrl: toFormCookie(registryId, "callback"),
    },
    useSecureCookies: registryId.startsWith("https:"),
    providers: [passwordProvider()],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => (isOwnPage(url, registryId) ? url : registryId),
    },
    events: { signOut: ({ token }) => endSessionById(token.sid) },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

function passwordProvider() {
  return Credentials({
    name: "Password",
    credentials: { email: {}, password: { type: "password" }, totp: {} },
    async authorize(credentials, request) {
      const headers = new Headers(request.headers as Record<string, string>);
      const ctx = startContext(headers, { kind: "anonymous" });
      const { email, password, totp } = credentials ?? {};
      const proof = { email, password, totp: totp || undefined, userAgent: headers.get("user-agent") };
      const { sessionId } = await signIn(ctx, proof, "browser").catch((error: unknown) => refuse(error, ctx.requestId));
      return { id: sessionId };
    },
  });
}

/** The library passes only a message on, to the page that asked; what the page is not told goes to the log. */
function refuse(error: unknown, requestId: string): never {
  logError(error, { requestId, path: "/api/auth/callback/credentials" });
  if (!isDomainError(error)) throw new Error("unavailable");
  if (error.extensions.totpRequired) throw new Error("totp-required");
  throw new Error(error.code === "rate-limited" ? "rate-limited" : "sign-in-failed");
}

function isOwnPage(url: string, registryId: string): boolean {
  return url === registryId || url.startsWith(`${registryId}/`);
}
