import type { ManifestView, Pin, ValidationIssue } from "#lib/manifest/view.ts";
import type { CountersignatureView, SignatureView } from "#lib/signing/view.ts";

export type VersionState = "pending" | "rejected" | "withdrawn" | "approved" | "quarantined" | "revoked";

/** What people are told: the stored state, or `expired`, which is computed from the newest approval. */
export type ShownState = VersionState | "expired";

export type VersionSummaryView = {
  id: string;
  name: string;
  version: string;
  title: string | null;
  description: string;
  state: ShownState;
  deprecated: boolean;
  isLatest: boolean;
  manifestDigest: string;
  receivedAt: string;
  publishedAt: string | null;
  updatedAt: string;
  expiresAt: string | null;
  statusMessage: string | null;
  uploader: string;
};

export type VersionDetailView = VersionSummaryView & {
  manifest: ManifestView;
  /** The exact bytes, as text. */
  manifestText: string;
  pins: Pin[];
  validation: ValidationIssue[];
  signatures: SignatureView[];
  countersignatures: CountersignatureView[];
  /** What the one who asked may do with it now. */
  may: { withdraw: boolean; revoke: boolean; reopen: boolean; review: boolean };
};

/** Answer to a publish: the new record, or the existing one for the same bytes. */
export type PublishView = {
  created: boolean;
  dryRun: boolean;
  name: string;
  version: string;
  state: ShownState;
  manifestDigest: string;
  identity: string;
  pins: Pin[];
  issues: ValidationIssue[];
  /** Path of the status, relative to the registry. */
  statusPath: string;
};
