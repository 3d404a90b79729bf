import type { ClaimView, ManifestView, Pin, ValidationIssue } from "#lib/manifest/view.ts";
import type { SignatureView } from "#lib/signing/view.ts";
import type { ShownState } from "#lib/versions/view.ts";

export type ReviewQueueFilter = {
  state: "pending" | "rejected" | "withdrawn" | "approved" | "revoked" | "expired" | "all";
  namespace: string | null;
  publisher: string | null;
  /** Received at least this many days ago. */
  olderThanDays: number | null;
  page: number;
};

export type ReviewQueueItemView = {
  versionId: string;
  name: string;
  version: string;
  title: string | null;
  state: ShownState;
  receivedAt: string;
  publisher: string;
  signer: string;
  approvals: number;
  requiredApprovals: number;
  /** First version of this server here. */
  isNew: boolean;
  unpinned: number;
};

export type ReviewQueueView = {
  items: ReviewQueueItemView[];
  counters: { pending: number; waitingForYou: number; expiringSoon: number; approved: number; refused24h: number };
  namespaces: string[];
  publishers: string[];
  page: number;
  pages: number;
  total: number;
};

export type ReviewChip =
  | "first-version"
  | "new-host"
  | "new-secret"
  | "signer-changed"
  | "unpinned"
  | "major-jump"
  | "claims"
  | "warnings";

/** One difference against the live version, for the "what changes" list. */
export type ChangeView = {
  area: "package" | "remote" | "argument" | "environment" | "secret" | "signer" | "metadata";
  kind: "added" | "removed" | "changed";
  label: string;
  before: string | null;
  after: string | null;
  pointer: string;
};

/**
 * Everything a reviewer is shown, and what an approval is of: its digest is the SHA-256 of its canonical JSON.
 * Nothing in it depends on the clock, the reader or the votes so far.
 */
export type ReviewRecord = {
  schema: 1;
  registry: string;
  name: string;
  version: string;
  round: number;
  manifestDigest: string;
  live: { version: string; manifestDigest: string } | null;
  manifest: ManifestView;
  changes: ChangeView[];
  chips: ReviewChip[];
  claims: ClaimView[];
  pins: Pin[];
  validation: ValidationIssue[];
  signatures: SignatureView[];
  policy: { sha256: string; required: number; lifetimeDays: number; unpinned: "allow" | "refuse" };
  surface: { status: "not-captured" };
};

export type TimelineEntryView = { seq: number; at: string; action: string; actor: string; summary: string };

export type ReviewView = {
  versionId: string;
  state: ShownState;
  record: ReviewRecord;
  reviewDigest: string;
  manifestText: string;
  liveManifestText: string | null;
  statusMessage: string | null;
  votes: { person: string; at: string; counts: boolean }[];
  timeline: TimelineEntryView[];
  /** Whether the one who asked may approve, and if not, why not. Rejecting asks for less. */
  decide: { allowed: boolean; reason: string | null; mayReject: boolean; needsFreshSignIn: boolean };
  /** RFC 3339 date the expiry field starts with, and the latest it may be. */
  expiry: { suggested: string; latest: string };
};
