import { canonicalBytes } from "#lib/core/canonical-json.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError, isDomainError } from "#lib/core/errors.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import type { VerifiedUpload } from "#lib/signing/index.ts";
import { assertStanding, type DetailRow, proveUpload } from "#lib/versions/index.ts";

export type Reverified = { uploads: VerifiedUpload[]; refusal: DomainError | null };

/**
 * Verifies every publisher bundle of a version again, from the stored bytes, under the policy of now and the time it was
 * received: what is countersigned is what verifies, whatever the rows claim. A refusal is returned, not thrown, because
 * a review that changed is to be said first.
 */
export async function reverify(ctx: Ctx, row: DetailRow): Promise<Reverified> {
  try {
    return { uploads: await verifyAll(ctx, row), refusal: null };
  } catch (error) {
    if (isDomainError(error)) return { uploads: [], refusal: error };
    throw error;
  }
}

async function verifyAll(ctx: Ctx, row: DetailRow): Promise<VerifiedUpload[]> {
  const policy = await loadPublishPolicy(null, row.server.namespace.name, { lock: false });
  const uploads: VerifiedUpload[] = [];
  for (const bundle of row.bundles) {
    const { upload } = await proveUpload({
      manifestBytes: row.manifest,
      bundleBytes: bundle.bytes,
      manifest: { name: row.server.name, version: row.version },
      registryId: ctx.registryId,
      policy,
      receivedAt: bundle.receivedAt,
    });
    const same = canonicalBytes(upload.identity).equals(canonicalBytes(bundle.identity));
    if (!same || upload.bundleSha256 !== bundle.sha256 || upload.manifestDigest !== row.manifestDigest) {
      throw new DomainError("signature-rejected", "The stored record differs from what its signature proves.", {
        log: `version ${row.id}, bundle ${bundle.id}`,
      });
    }
    assertStanding(policy, upload, ctx.now());
    uploads.push(upload);
  }
  if (uploads.length === 0) throw new DomainError("signature-rejected", "The version has no publisher's signature.");
  return uploads;
}
