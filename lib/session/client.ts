import { type SignInRefusal, toSignInRefusal } from "#lib/session/sign-in-result.ts";

export type { SignInRefusal };
export type SignInResult = { ok: true } | { ok: false; refusal: SignInRefusal };

/**
 * In the browser: signs in with a password and, asked for by `totp-required`, a code. On success the session cookie is
 * set and the caller goes on by a full navigation.
 */
export async function signInWithPassword(input: {
  email: string;
  password: string;
  totp?: string;
}): Promise<SignInResult> {
  const body = { email: input.email, password: input.password, totp: input.totp ?? "" };
  const url = await postForm("/api/auth/callback/credentials", body);
  if (url === null) return { ok: false, refusal: "unavailable" };
  const error = new URL(url, window.location.origin).searchParams.get("error");
  return error === null ? { ok: true } : { ok: false, refusal: toSignInRefusal(error) };
}

/** In the browser: ends the session and removes its cookie. */
export async function signOut(): Promise<void> {
  await postForm("/api/auth/signout", {});
}

async function postForm(path: string, fields: Record<string, string>): Promise<string | null> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  if (!csrf.ok) return null;
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: "/", json: "true" });
  const response = await fetch(path, { method: "POST", body });
  const answer = (await response.json().catch(() => null)) as { url?: string } | null;
  return answer?.url ?? null;
}
