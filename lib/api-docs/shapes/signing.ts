import { z } from "zod";
import { count, digest, hash, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import type * as signing from "#lib/signing/view.ts";
import type { readSigningConfig } from "#lib/trust/index.ts";
import type * as trust from "#lib/trust/view.ts";

export const Identity = shapeOf<signing.VerifiedIdentity>()(
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("key"), hint: text, keyId: text, label: text, algorithm: text }),
    z.strictObject({
      kind: z.literal("github-actions"),
      issuer: text,
      repository: text,
      repositoryId: text,
      ownerId: text,
      workflow: text,
      ref: text,
      trigger: text,
      runnerEnvironment: maybeText,
      deploymentEnvironment: maybeText,
      sha: maybeText,
      subjectAlternativeName: text,
      runUrl: maybeText,
    }),
    z.strictObject({ kind: z.literal("email"), issuer: text, email: text }),
    z.strictObject({ kind: z.literal("uri"), issuer: text, uri: text }),
  ]),
);

export const TrustRootReference = shapeOf<signing.TrustRootRef>()(
  z.strictObject({ slug: text, label: text, version: z.int(), sha256: hash, demo: z.boolean() }),
);

export const Signature = shapeOf<signing.SignatureView>()(
  z.strictObject({
    bundleSha256: hash,
    kind: z.enum(["dsse", "message"]),
    identity: Identity,
    signedAt: maybeTime,
    receivedAt: time,
    trustRoot: TrustRootReference,
    rule: z.strictObject({ id: text, summary: text }),
    logEntry: z.strictObject({ logId: text, logIndex: text, integratedTime: maybeTime }).nullable(),
    checks: z.array(z.strictObject({ id: text, label: text, detail: text })),
  }),
);

export const Countersignature = shapeOf<signing.CountersignatureView>()(
  z.strictObject({
    sha256: hash,
    state: z.enum(["approved", "revoked"]),
    round: z.int().min(1),
    keyId: hash,
    approvedAt: time,
    expiresAt: maybeTime,
    reviewDigest: digest.nullable(),
    auditHead: z.strictObject({ seq: count, sha256: hash }),
    approvers: count,
  }),
);

export const TrustRoot = shapeOf<trust.TrustRootView>()(
  z.strictObject({
    slug: text,
    version: z.int(),
    label: text,
    demo: z.boolean(),
    sha256: hash,
    issuers: z.array(text),
    thresholds: z.strictObject({ tlog: count, ctlog: count, timestamp: count }),
    authorities: z.array(
      z.strictObject({
        kind: z.enum(["certificate", "timestamp", "log", "certificate-log"]),
        name: text,
        from: text,
        until: maybeText,
      }),
    ),
    createdAt: time,
    retiredAt: maybeTime,
  }),
);
export const TrustRoots = z.strictObject({ trustRoots: z.array(TrustRoot) });

export const SigningConfiguration = shapeOf<ReturnType<typeof readSigningConfig>>()(
  z.strictObject({
    audience: text.describe("`aud` the certificate authority takes."),
    certificateAuthority: z.url(),
    transparencyLog: z.strictObject({ url: z.url(), version: z.literal([1, 2]) }).nullable(),
    timestampAuthority: z.url().nullable(),
  }),
);
