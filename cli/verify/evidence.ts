import type { KeySet } from "#lib/signing/index.ts";

/** Everything a version is verified from, as bytes, and where the trust in the registry's keys comes from. */
export type Evidence = {
  registryId: string;
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  approvalBytes: Uint8Array;
  trustRootBytes: Uint8Array;
  keySet: KeySet;
  trustedBy: "pin" | "given-key" | "first-use";
  /** What the registry said when it was asked, or null when it was not. Unsigned: only its own word, as of now. */
  status: { shown: string; message: string | null } | null;
};

export const maxEvidenceBytes = {
  manifest: 128 * 1024,
  bundle: 128 * 1024,
  approval: 256 * 1024,
  trustRoot: 2 * 1024 * 1024,
};
