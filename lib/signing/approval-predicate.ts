import { z } from "zod";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const text = (max: number) => z.string().min(1).max(max);
/** RFC 3339 in UTC with milliseconds, the one spelling we write. */
const time = z.iso.datetime({ precision: 3 });
const issuer = text(2048);

const identity = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("key"),
    hint: text(64),
    keyId: text(200),
    label: z.string().max(500),
    algorithm: text(64),
  }),
  z.strictObject({
    kind: z.literal("github-actions"),
    issuer,
    repository: text(2048),
    repositoryId: text(64),
    ownerId: text(64),
    workflow: text(2048),
    ref: text(2048),
    trigger: text(256),
    runnerEnvironment: text(256).nullable(),
    deploymentEnvironment: text(256).nullable(),
    sha: text(256).nullable(),
    subjectAlternativeName: text(2048),
    runUrl: text(2048).nullable(),
  }),
  z.strictObject({ kind: z.literal("email"), issuer, email: text(2048) }),
  z.strictObject({ kind: z.literal("uri"), issuer, uri: text(2048) }),
]) satisfies z.ZodType<VerifiedIdentity>;

const bundle = z.strictObject({
  /** Hex digest of the publisher's bundle file. */
  sha256: hex,
  identity,
  /** The rule that let it in, as it read then. */
  rule: z.strictObject({ id: text(200), summary: z.string().max(2000) }),
  signedAt: time.nullable(),
  receivedAt: time,
  trustRoot: z.strictObject({ slug: text(200), sha256: hex }),
});

const pin = z.strictObject({
  package: z.int().min(0),
  registryType: z.string().max(500),
  identifier: z.string().max(5000),
  version: z.string().max(500).nullable(),
  status: z.enum(["pinned", "unpinned"]),
  digest: digest.nullable(),
  reason: z.string().max(2000),
});

/**
 * What the registry says when it countersigns. Every member is required and no other is allowed; `reviewDigest` and
 * `expiresAt` are null in a revocation and only there. Shaped after the SLSA verification summary attestation.
 */
export const ApprovalPredicate = z
  .strictObject({
    registry: text(2048),
    name: text(500),
    version: text(255),
    state: z.enum(["approved", "revoked"]),
    /** Counts countersignatures of this version from 1; the newest one holds. */
    round: z.int().min(1),
    bundles: z.array(bundle).min(1).max(16),
    pins: z.strictObject({ status: z.enum(["pinned", "partial", "unpinned", "none"]), entries: z.array(pin).max(500) }),
    surface: z.strictObject({ status: z.literal("not-captured") }),
    policy: z.strictObject({ sha256: hex, required: z.int().min(1) }),
    reviewDigest: digest.nullable(),
    /** Opaque ids of the people who decided, each once. */
    approvers: z.array(text(200)).min(1).max(100),
    approvedAt: time,
    expiresAt: time.nullable(),
    /** Head of the ledger when this was signed: a rewritten ledger contradicts it. */
    auditHead: z.strictObject({ seq: z.int().min(0), sha256: hex }),
  })
  .superRefine((value, context) => {
    const issue = (message: string) => context.addIssue({ code: "custom", message });
    if (new Set(value.approvers).size !== value.approvers.length) issue("approvers must differ");
    if (value.state !== "approved") return;
    if (value.reviewDigest === null) issue("an approval names its review");
    if (value.expiresAt === null || value.expiresAt <= value.approvedAt) issue("an approval ends after it begins");
    if (value.approvers.length < value.policy.required) issue("an approval has as many approvers as policy asks for");
  });
export type ApprovalPredicate = z.infer<typeof ApprovalPredicate>;
export type ApprovalBundle = ApprovalPredicate["bundles"][number];

/** Pinned when every package is, none without packages. */
export function pinStatus(entries: readonly { status: "pinned" | "unpinned" }[]): ApprovalPredicate["pins"]["status"] {
  const pinned = entries.filter((entry) => entry.status === "pinned").length;
  if (entries.length === 0) return "none";
  if (pinned === entries.length) return "pinned";
  return pinned === 0 ? "unpinned" : "partial";
}
