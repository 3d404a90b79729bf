import { z } from "zod";
import { Claim, Manifest, Pin, ValidationIssue } from "#lib/api-docs/shapes/manifest.ts";
import { count, digest, id, maybeText, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import { Signature } from "#lib/api-docs/shapes/signing.ts";
import { State } from "#lib/api-docs/shapes/versions.ts";
import type * as reviews from "#lib/reviews/view.ts";

export const ReviewQueue = shapeOf<reviews.ReviewQueueView>()(
  z.strictObject({
    items: z.array(
      z.strictObject({
        versionId: id,
        name: text,
        version: text,
        title: maybeText,
        state: State,
        receivedAt: time,
        publisher: text,
        signer: text,
        approvals: count,
        requiredApprovals: count,
        isNew: z.boolean().describe("First version of this server here."),
        unpinned: count,
      }),
    ),
    counters: z.strictObject({
      pending: count,
      waitingForYou: count,
      expiringSoon: count,
      approved: count,
      refused24h: count,
    }),
    namespaces: z.array(text),
    publishers: z.array(text),
    page: count,
    pages: count,
    total: count,
  }),
);

export const Change = shapeOf<reviews.ChangeView>()(
  z.strictObject({
    area: z.enum(["package", "remote", "argument", "environment", "secret", "signer", "metadata"]),
    kind: z.enum(["added", "removed", "changed"]),
    label: text,
    before: maybeText,
    after: maybeText,
    pointer: text,
  }),
);

const chips = [
  "first-version",
  "new-host",
  "new-secret",
  "signer-changed",
  "unpinned",
  "major-jump",
  "claims",
  "warnings",
] as const;

export const ReviewRecord = shapeOf<reviews.ReviewRecord>()(
  z
    .strictObject({
      schema: z.literal(1),
      registry: text,
      name: text,
      version: text,
      round: z.int().min(1),
      manifestDigest: digest,
      live: z.strictObject({ version: text, manifestDigest: digest }).nullable(),
      manifest: Manifest,
      changes: z.array(Change),
      chips: z.array(z.enum(chips)),
      claims: z.array(Claim),
      pins: z.array(Pin),
      validation: z.array(ValidationIssue),
      signatures: z.array(Signature),
      policy: z.strictObject({
        sha256: text,
        required: count,
        lifetimeDays: count,
        unpinned: z.enum(["allow", "refuse"]),
      }),
      surface: z.strictObject({ status: z.literal("not-captured") }),
    })
    .describe("Everything a reviewer is shown. Its canonical JSON is what an approval is of."),
);

export const Review = shapeOf<reviews.ReviewView>()(
  z.strictObject({
    versionId: id,
    state: State,
    record: ReviewRecord,
    reviewDigest: digest,
    manifestText: text,
    liveManifestText: maybeText,
    statusMessage: maybeText,
    votes: z.array(z.strictObject({ person: text, at: time, counts: z.boolean() })),
    timeline: z.array(z.strictObject({ seq: count, at: time, action: text, actor: text, summary: text })),
    decide: z.strictObject({
      allowed: z.boolean(),
      reason: maybeText,
      mayReject: z.boolean(),
      needsFreshSignIn: z.boolean(),
    }),
    expiry: z.strictObject({ suggested: text, latest: text }),
  }),
);
