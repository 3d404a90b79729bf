import { z } from "zod";
import type * as access from "#lib/access/view.ts";
import { count, id, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import type { Grant as AnyGrant } from "#lib/core/context.ts";

const role = z.enum(["admin", "auditor", "reviewer", "publisher"]);
const scope = z.enum(["read", "publish", "audit", "resolve"]);

export const Grant = shapeOf<access.GrantView>()(
  z.strictObject({ role, namespace: text.describe("`*` for all; admins and auditors are so for all.") }),
);
export const Person = shapeOf<access.PersonView>()(
  z.strictObject({
    id,
    email: text,
    name: text,
    state: z.enum(["active", "deactivated"]),
    grants: z.array(Grant),
    owns: z.array(text).describe("Namespaces, by name."),
    totp: z.boolean().describe("Whether an authenticator is enrolled."),
    createdAt: time,
    lastSeenAt: maybeTime,
  }),
);
export const Invitation = shapeOf<access.InvitationView>()(
  z.strictObject({ id, email: text, name: text, grants: z.array(Grant), createdAt: time, expiresAt: time }),
);
export const People = z.strictObject({ people: z.array(Person), invitations: z.array(Invitation) });

export const Session = shapeOf<access.SessionView>()(
  z.strictObject({
    id,
    current: z.boolean().describe("The one that asks."),
    kind: z.enum(["browser", "api"]),
    createdAt: time,
    lastSeenAt: time,
    expiresAt: time,
    address: maybeText,
    userAgent: maybeText,
  }),
);
export const Sessions = z.array(Session);
export const OpenedSession = z.strictObject({
  token: text.describe("The bearer of what follows, shown this once."),
  expiresAt: time,
});
export const EndedSessions = z.strictObject({ endedSessions: count });
export const Authenticator = z.strictObject({
  secret: text,
  uri: text.describe("`otpauth://` address for a QR code."),
});

const token = {
  id,
  label: text,
  prefix: text.describe("How the secret begins."),
  robot: z.boolean(),
  owner: maybeText,
  createdBy: text,
  scopes: z.array(scope),
  namespaces: z.array(text),
  channels: z.array(text).describe("Slugs of the token channels it reads, with scope `resolve`."),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: maybeTime,
  state: z.enum(["active", "expired", "revoked"]),
};
export const Token = shapeOf<access.TokenView>()(z.strictObject(token));
export const Tokens = z.strictObject({ tokens: z.array(Token) });
export const CreatedToken = shapeOf<access.CreatedTokenView>()(
  z.strictObject({ ...token, secret: text.describe("Shown this once.") }),
);
export const CreatedLink = shapeOf<access.CreatedLinkView>()(
  z.strictObject({ url: text.describe("Works once; its secret is in the fragment."), expiresAt: time }),
);
export const Whoami = shapeOf<access.WhoamiView>()(
  z.strictObject({
    kind: z.enum(["person", "token"]),
    label: text,
    email: maybeText,
    scopes: z.array(scope),
    namespaces: z.array(text),
    grants: z.array(shapeOf<AnyGrant>()(z.strictObject({ role, namespace: maybeText }))),
    expiresAt: time,
  }),
);
