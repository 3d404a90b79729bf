import type { Digest } from "#lib/core/digest.ts";
import { APPROVAL_META_KEY } from "#lib/core/identifiers.ts";
import type { BlobKind } from "#lib/resolver/source.ts";
import type { ApprovalMeta } from "#lib/resolver/view.ts";

/** The start of every answer about a version, up to what time changes. Each byte of it is kept once. */
export type SignedHead = {
  /** `{"server":<the exact signed bytes>,"_meta":{"countersign/approval":<our block>` and anything behind it. */
  answer: Buffer;
  manifestBytes: number;
  metaBytes: number;
};

const beforeManifest = Buffer.from('{"server":');
const beforeMeta = Buffer.from(`,"_meta":{${JSON.stringify(APPROVAL_META_KEY)}:`);

/** @param manifest the exact signed bytes. @param meta JSON of our `_meta` block. */
export function joinHead(manifest: Uint8Array, meta: Uint8Array): SignedHead {
  const answer = Buffer.concat([beforeManifest, manifest, beforeMeta, meta]);
  return { answer, manifestBytes: manifest.length, metaBytes: meta.length };
}

export function headBytesOf({ answer, manifestBytes, metaBytes }: SignedHead): Buffer {
  return answer.subarray(0, beforeManifest.length + manifestBytes + beforeMeta.length + metaBytes);
}

/** The exact signed bytes of the manifest. */
export function manifestOf({ answer, manifestBytes }: SignedHead): Buffer {
  return answer.subarray(beforeManifest.length, beforeManifest.length + manifestBytes);
}

/** JSON of our `_meta` block: what the countersignature shown says. */
export function approvalMetaOf(head: SignedHead): Buffer {
  return headBytesOf(head).subarray(-head.metaBytes);
}

/** Digests that a `_meta` block names, each once. */
export function namedDigests(meta: Buffer): Record<BlobKind, Digest[]> {
  const { manifest, approval, bundles } = JSON.parse(meta.toString()) as ApprovalMeta;
  const unique = (digests: string[]) => [...new Set(digests)] as Digest[];
  return {
    manifest: unique([manifest.digest]),
    approval: unique([approval.digest]),
    bundle: unique(bundles.map(({ digest }) => digest)),
    "trusted-root": unique(bundles.map(({ trustRoot }) => trustRoot)),
  };
}

/** Whether a `_meta` block names this digest as one of that kind. */
export function namesDigest(meta: Buffer, kind: BlobKind, digest: Digest): boolean {
  // Most do not have it anywhere, and that is found without reading them.
  return meta.includes(digest) && namedDigests(meta)[kind].includes(digest);
}
