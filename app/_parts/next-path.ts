/** Address of the sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

/**
 * Where to go after signing in: a path of this site or, for anything else, the start page. Refuses what a browser
 * would take for another host (`//host`, `/\host`) and control characters, which browsers drop before they look.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== "string" || next.length > 2000) return "/";
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return "/";
  return next;
}
