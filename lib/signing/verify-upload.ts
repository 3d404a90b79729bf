import { describeChecks } from "#lib/signing/describe-checks.ts";
import { describeRule } from "#lib/signing/identity-text.ts";
import { assertSameName, readManifestName } from "#lib/signing/manifest-name.ts";
import { matchRule } from "#lib/signing/match-rule.ts";
import { type ProvenBundle, proveBundle } from "#lib/signing/prove-bundle.ts";
import { Refusal } from "#lib/signing/refusal.ts";
import { assertFresh } from "#lib/signing/signed-time.ts";
import { readPublishStatement } from "#lib/signing/statement.ts";
import type { RefusedUpload, UploadInput, UploadVerdict, VerifiedUpload } from "#lib/signing/upload.ts";

/**
 * Decides whether a signed upload may be taken: size, strict JSON, bundle, signature by a trust root or managed key,
 * certificate, time, statement, name and version, publisher rule; each step only after the ones before. Pure and
 * synchronous, for a worker with a deadline: see verify-pool.ts. Any exception is a refusal with a stable code.
 * Does not check that the manifest is valid by the official rules, that the name is free, or who uploads.
 * Spec of each step: docs/decisions on signing.
 */
export function verifyUpload(input: UploadInput): UploadVerdict {
  let proven: ProvenBundle | null = null;
  try {
    const manifestName = readManifestName(input.manifestBytes);
    proven = proveBundle({ ...input, receivedAt: input.now });
    return { ok: true, upload: judge(input, manifestName, proven) };
  } catch (error) {
    return toRefused(error, proven);
  }
}

function judge(
  input: UploadInput,
  manifestName: { name: unknown; version: unknown },
  proven: ProvenBundle,
): VerifiedUpload {
  if (proven.times) assertFresh(proven.times, proven.kind, input.now);
  const manifestSha256 = proven.manifestDigest.slice("sha256:".length);
  const statement = proven.envelope && readPublishStatement(proven.envelope, manifestSha256, input.registryId);
  assertSameName("the manifest", manifestName, input);
  if (statement) assertSameName("the publish statement", statement, input);
  const rule = matchRule(input.rules, proven);
  const { times: _times, envelope: _envelope, ...facts } = proven;
  const ruleSummary = describeRule(rule);
  return { ...facts, ruleId: rule.id, ruleSummary, checks: describeChecks(proven, input, ruleSummary) };
}

function toRefused(error: unknown, proven: ProvenBundle | null): RefusedUpload {
  const known =
    error instanceof Refusal
      ? error
      : new Refusal("verification-failed", "signature", "the upload could not be verified");
  return {
    ok: false,
    code: known.code,
    check: known.check,
    detail: known.detail,
    identity: proven?.identity ?? null,
    trustRootSlug: proven?.trustRoot.slug ?? null,
  };
}
