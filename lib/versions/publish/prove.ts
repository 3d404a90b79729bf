import { DomainError } from "#lib/core/errors.ts";
import type { ManifestView } from "#lib/manifest/view.ts";
import { metrics } from "#lib/metrics/index.ts";
import type { PublishPolicy } from "#lib/publishers/index.ts";
import {
  type RefusedUpload,
  type SignatureRefusal,
  type UploadVerdict,
  type VerifiedUpload,
  verifyUploadInWorker,
} from "#lib/signing/index.ts";

export type Proof = { policy: PublishPolicy; upload: VerifiedUpload; receivedAt: Date };

export type ProofInput = {
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  manifest: Pick<ManifestView, "name" | "version">;
  registryId: string;
  policy: PublishPolicy;
  /** Time of receipt: every date in the signature is judged by it. */
  receivedAt: Date;
};

/**
 * Asks, in a worker thread that is killed after 2 s, whether these bytes were signed by somebody the policy allows.
 * @throws DomainError `signature-rejected` or `publisher-not-allowed`, with the failed check and, where verification got
 * that far, the verified identity as extensions.
 */
export async function proveUpload(input: ProofInput): Promise<Proof> {
  const { policy, receivedAt } = input;
  const startedAt = performance.now();
  const verdict = await verifyUploadInWorker({
    manifestBytes: input.manifestBytes,
    bundleBytes: input.bundleBytes,
    name: input.manifest.name,
    version: input.manifest.version,
    registryId: input.registryId,
    now: receivedAt.getTime(),
    trustRoots: policy.trustRoots,
    managedKeys: policy.managedKeys.map(({ controllerIds, ...key }) => key),
    rules: policy.rules,
  });
  countVerification(verdict, (performance.now() - startedAt) / 1000);
  if (!verdict.ok) throw toRefusal(verdict);
  return { policy, upload: verdict.upload, receivedAt };
}

/** By verdict, whose codes are a closed list, and never by whose upload it was. */
function countVerification(verdict: UploadVerdict, seconds: number): void {
  const help = "Time to verify an upload, with waiting for its turn, by verdict.";
  const labels = { verdict: verdict.ok ? "verified" : verdict.code };
  metrics().histogram("countersign_upload_verification_duration_seconds", help, labels).observe(seconds);
}

const ruleRefusals = new Set<SignatureRefusal>(["no-rule", "rule-mismatch", "message-signature-not-allowed"]);

function toRefusal({ code, check, detail, identity, trustRootSlug }: RefusedUpload): DomainError {
  const problem = ruleRefusals.has(code) ? "publisher-not-allowed" : "signature-rejected";
  return new DomainError(problem, detail, { extensions: { refusal: code, check, identity, trustRootSlug } });
}
