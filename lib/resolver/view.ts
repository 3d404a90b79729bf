import type { ManifestView, Pin } from "#lib/manifest/view.ts";

export type OfficialMeta = {
  status: "active" | "deprecated" | "deleted";
  statusChangedAt: string;
  statusMessage?: string;
  publishedAt: string;
  updatedAt: string;
  isLatest: boolean;
};

/** Ours, at response level, under `countersign/approval`. */
export type ApprovalMeta = {
  manifest: { digest: string };
  bundles: { digest: string; identity: unknown; signedAt: string | null; receivedAt: string; trustRoot: string }[];
  approval: { digest: string; keyId: string; approvedAt: string; expiresAt: string | null; round: number };
  pins: { status: "pinned" | "partial" | "unpinned" | "none"; entries: Pin[] };
  surface: { status: "not-captured" };
};

/** One entry of the read API as pages use it. */
export type CatalogEntryView = { manifest: ManifestView; official: OfficialMeta; approval: ApprovalMeta };
export type CatalogPageView = { entries: CatalogEntryView[]; count: number; nextCursor: string | null };
