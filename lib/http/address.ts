import { isIP } from "node:net";

/**
 * The caller's address as our own front process wrote it; it strips whatever the client sent under this name.
 * @returns null for anything that is not exactly one IP address.
 */
export function toAddress(headers: Headers): string | null {
  const value = headers.get("x-forwarded-for")?.trim() ?? "";
  return isIP(value) ? value : null;
}
