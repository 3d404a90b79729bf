import { randomBytes } from "node:crypto";
import { sha256Hex } from "#lib/core/digest.ts";

const pages = { bootstrap: "setup", invitation: "join", password_reset: "reset" } as const;
export type LinkKind = keyof typeof pages;

/** How long each kind of link lives, in milliseconds. */
export const linkLifetimeMs: Record<LinkKind, number> = {
  bootstrap: 15 * 60_000,
  invitation: 72 * 3_600_000,
  password_reset: 3_600_000,
};

/** 256 random bits. Only the hash is stored. */
export function mintLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashLinkToken(token) };
}

export function hashLinkToken(token: string): string {
  return sha256Hex(token);
}

/**
 * The token is in the fragment: browsers send it to no server, so it is in no log, and a previewer that opens the page
 * consumes nothing. Only the page's POST does.
 */
export function toLinkUrl(registryId: string, kind: LinkKind, token: string): string {
  return `${registryId}/${pages[kind]}#token=${token}`;
}
