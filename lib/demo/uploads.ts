import { readFileSync } from "node:fs";
import path from "node:path";
import { approveVersion, revokeVersion } from "#lib/approval/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type DemoUpload, demoNamespaces } from "#lib/demo/catalogue.ts";
import type { DemoSigners } from "#lib/demo/signers.ts";
import { getReview } from "#lib/reviews/index.ts";
import { type PublishSigner, signPublishStatement } from "#lib/signing/index.ts";
import { getVersion, publishVersion } from "#lib/versions/index.ts";
import type { VersionDetailView } from "#lib/versions/view.ts";

export type DemoRoles = { publisher: Ctx; reviewers: Ctx[] };

export function readDemoManifest(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path.join(import.meta.dirname, "manifests", file)));
}

function readVersion(manifestBytes: Uint8Array): string {
  return (JSON.parse(new TextDecoder().decode(manifestBytes)) as { version: string }).version;
}

/** Signs a manifest as a publisher would. */
export async function signManifest(
  manifestBytes: Uint8Array,
  signer: PublishSigner,
  registryId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, version } = JSON.parse(new TextDecoder().decode(manifestBytes)) as { name: string; version: string };
  return new Uint8Array(await signPublishStatement({ manifestBytes, name, version, registryId, signer }));
}

/**
 * Brings one upload to where the demo wants it, from wherever an interrupted start left it: published, approved by as
 * many people as its namespace asks for, revoked.
 */
export async function ensureUpload(roles: DemoRoles, signers: DemoSigners, upload: DemoUpload): Promise<void> {
  const manifestBytes = readDemoManifest(upload.file);
  const namespace = demoNamespaces.find(({ name }) => name === upload.namespace);
  if (!namespace) throw new Error(`${upload.file} is of a namespace the demo does not have.`);
  const signer = await signers.of(namespace, readVersion(manifestBytes));
  const bundleBytes = await signManifest(manifestBytes, signer, roles.publisher.registryId);
  const { name, version } = await publishVersion(roles.publisher, { manifestBytes, bundleBytes, dryRun: false });
  if (upload.outcome === "leave pending") return;
  const approved = await approve(roles, { name, version });
  const [reviewer] = roles.reviewers;
  if (upload.outcome === "approve and revoke" && approved.state === "approved" && reviewer) {
    await revokeVersion(reviewer, { name, version, reason: upload.reason ?? "No longer trusted." });
  }
}

async function approve(roles: DemoRoles, which: { name: string; version: string }): Promise<VersionDetailView> {
  for (const reviewer of roles.reviewers) {
    const { id: versionId, state } = await getVersion(reviewer, which);
    if (state !== "pending") break;
    const { reviewDigest, expiry } = await getReview(reviewer, { versionId });
    await approveVersion(reviewer, { versionId, reviewDigest, expiresAt: expiry.suggested });
  }
  return getVersion(roles.publisher, which);
}
