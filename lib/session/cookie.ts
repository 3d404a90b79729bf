/**
 * The session cookie. Behind https its name starts with `__Host-`, which browsers only accept with Secure, for the whole
 * site and this host alone, so that no neighbouring host can plant one.
 * @param registryId PUBLIC_URL.
 */
export function toSessionCookie(registryId: string) {
  const secure = registryId.startsWith("https:");
  const name = secure ? "__Host-countersign.session" : "countersign.session";
  return { name, options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure } };
}

/** The same rules for the sign-in form's own cookies. */
export function toFormCookie(registryId: string, purpose: "csrf" | "callback") {
  const { name, options } = toSessionCookie(registryId);
  return { name: name.replace("session", purpose), options };
}
