import { z } from "zod";
import { id, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import { Identity, TrustRootReference } from "#lib/api-docs/shapes/signing.ts";
import type * as publishers from "#lib/publishers/view.ts";

export const Key = shapeOf<publishers.ManagedKeyView>()(
  z.strictObject({
    id,
    namespace: text,
    label: text,
    hint: text.describe("Base64 of the SHA-256 of the public key."),
    spkiPem: text,
    algorithm: text,
    controllers: z.array(z.strictObject({ id, name: text })),
    notBefore: time,
    notAfter: maybeTime,
    revokedAt: maybeTime,
    revokedReason: maybeText,
  }),
);

export const GitHubActionsClaims = shapeOf<publishers.GitHubActionsClaimsView>()(
  z.strictObject({
    issuer: text,
    repository: text,
    repositoryId: text,
    ownerId: text,
    workflow: text,
    refPattern: text,
    triggers: z.array(text),
    runnerEnvironment: maybeText,
    deploymentEnvironment: maybeText,
  }),
);

export const Rule = shapeOf<publishers.RuleView>()(
  z.strictObject({
    id,
    namespace: text,
    kind: z.enum(["key", "github-actions"]),
    state: z.enum(["proposed", "active", "retired"]),
    label: text,
    summary: text,
    trustRoot: TrustRootReference.nullable(),
    key: z.strictObject({ id, label: text, hint: text }).nullable(),
    claims: GitHubActionsClaims.nullable(),
    allowMessageSignatures: z.boolean(),
    createdAt: time,
    activatedAt: maybeTime,
    retiredAt: maybeTime,
  }),
);

export const RuleTest = shapeOf<publishers.RuleTestView>()(
  z.strictObject({
    verified: z.boolean(),
    refusal: z.strictObject({ code: text, check: text, detail: text }).nullable(),
    identity: Identity.nullable(),
    rules: z.array(
      z.strictObject({
        rule: Rule,
        matches: z.boolean(),
        checks: z.array(z.strictObject({ claim: text, expected: text, actual: text, ok: z.boolean() })),
      }),
    ),
  }),
);

export const RulePrefill = shapeOf<publishers.RulePrefillView>()(
  z.strictObject({ namespace: text, trustRootSlug: text, claims: GitHubActionsClaims, identity: Identity }),
);
