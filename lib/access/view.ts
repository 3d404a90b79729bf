import type { Grant, Role, TokenScope } from "#lib/core/context.ts";

export type GrantView = { role: Role; namespace: string };
export type PersonView = {
  id: string;
  email: string;
  name: string;
  state: "active" | "deactivated";
  grants: GrantView[];
  owns: string[];
  totp: boolean;
  createdAt: string;
  lastSeenAt: string | null;
};
export type InvitationView = {
  id: string;
  email: string;
  name: string;
  grants: GrantView[];
  createdAt: string;
  expiresAt: string;
};
export type SessionView = {
  id: string;
  current: boolean;
  kind: "browser" | "api";
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
};
export type TokenView = {
  id: string;
  label: string;
  prefix: string;
  robot: boolean;
  owner: string | null;
  createdBy: string;
  scopes: TokenScope[];
  namespaces: string[];
  /** Slugs of the token channels it reads, with scope `resolve`. */
  channels: string[];
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  state: "active" | "expired" | "revoked";
};
/** The only time a token's secret is seen. */
export type CreatedTokenView = TokenView & { secret: string };
export type CreatedLinkView = { url: string; expiresAt: string };
export type WhoamiView = {
  kind: "person" | "token";
  label: string;
  email: string | null;
  scopes: TokenScope[];
  namespaces: string[];
  grants: Grant[];
  expiresAt: string;
};
