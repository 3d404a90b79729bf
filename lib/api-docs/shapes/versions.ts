import { z } from "zod";
import { Manifest, Pin, ValidationIssue } from "#lib/api-docs/shapes/manifest.ts";
import { digest, id, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import { Countersignature, Signature } from "#lib/api-docs/shapes/signing.ts";
import type * as versions from "#lib/versions/view.ts";

export const State = shapeOf<versions.ShownState>()(
  z.enum(["pending", "rejected", "withdrawn", "approved", "quarantined", "revoked", "expired"]),
);

const summary = {
  id,
  name: text,
  version: text,
  title: maybeText,
  description: text,
  state: State,
  deprecated: z.boolean(),
  isLatest: z.boolean(),
  manifestDigest: digest,
  receivedAt: time,
  publishedAt: maybeTime,
  updatedAt: time,
  expiresAt: maybeTime,
  statusMessage: maybeText,
  uploader: text,
};
export const VersionSummary = shapeOf<versions.VersionSummaryView>()(z.strictObject(summary));
export const Versions = z.strictObject({ versions: z.array(VersionSummary) });
export const Version = shapeOf<versions.VersionDetailView>()(
  z.strictObject({
    ...summary,
    manifest: Manifest,
    manifestText: text.describe("The exact bytes, as text."),
    pins: z.array(Pin),
    validation: z.array(ValidationIssue),
    signatures: z.array(Signature),
    countersignatures: z.array(Countersignature),
    may: z
      .strictObject({ withdraw: z.boolean(), revoke: z.boolean(), reopen: z.boolean(), review: z.boolean() })
      .describe("What the one who asked may do with it now."),
  }),
);

export const Published = shapeOf<versions.PublishView>()(
  z.strictObject({
    created: z.boolean().describe("False for bytes that were published before, and for a dry run."),
    dryRun: z.boolean(),
    name: text,
    version: text,
    state: State,
    manifestDigest: digest,
    identity: text,
    pins: z.array(Pin),
    issues: z.array(ValidationIssue),
    statusPath: text.describe("Where to ask what became of it, relative to the registry."),
  }),
);
