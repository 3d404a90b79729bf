import type { Ctx } from "#lib/core/context.ts";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { DomainError, isDomainError, type ProblemCode } from "#lib/core/errors.ts";
import { recordRefusal } from "#lib/ledger/index.ts";

/** Refusals of an upload that an auditor should see. A busy server or a missing sign-in says nothing about it. */
const recorded = new Set<ProblemCode>([
  "forbidden",
  "not-found",
  "manifest-invalid",
  "signature-rejected",
  "publisher-not-allowed",
  "unpinned-refused",
  "pending-limit",
  "name-taken",
  "version-exists",
]);

export type Upload = { manifestBytes: Uint8Array; bundleBytes: Uint8Array };

/** What is known of an upload so far; the steps fill it in. */
export type UploadFacts = { name: string | null; version: string | null; namespace: string | null };

/**
 * Puts a refused upload into the refusal chain, the only trace it leaves, and returns the error to throw: the same one,
 * with the number of its entry so that an administrator can find it.
 */
export async function refuseUpload(ctx: Ctx, upload: Upload, facts: UploadFacts, error: unknown): Promise<unknown> {
  if (!isDomainError(error) || !recorded.has(error.code)) return error;
  const { check = null, refusal = null, identity = null, trustRootSlug = null } = error.extensions;
  const entry = await recordRefusal(ctx, {
    kind: "publish",
    ...(facts.namespace === null ? {} : { namespace: facts.namespace }),
    subject: facts.name === null ? "unreadable manifest" : `${facts.name}@${facts.version}`,
    details: {
      code: error.code,
      check,
      refusal,
      detail: error.detail,
      fields: error.fields.slice(0, 20),
      identity,
      trustRootSlug,
      manifestDigest: digestOf(upload.manifestBytes),
      bundleSha256: sha256Hex(upload.bundleBytes),
    },
  });
  return new DomainError(error.code, error.detail, {
    fields: error.fields,
    extensions: { ...error.extensions, ...(entry ? { refusalSeq: entry.seq } : {}) },
    ...(error.log === undefined ? {} : { log: error.log }),
    cause: error,
  });
}
