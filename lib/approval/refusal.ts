import type { Ctx } from "#lib/core/context.ts";
import { isDomainError, type ProblemCode } from "#lib/core/errors.ts";
import { recordRefusal } from "#lib/ledger/index.ts";
import { type DetailRow, toSubject } from "#lib/versions/index.ts";

/** Refused approvals that an auditor should see: somebody tried what they may not, or the proof fell. */
const recorded = new Set<ProblemCode>(["approver-not-eligible", "publisher-not-allowed", "signature-rejected"]);

/** Records a refused approval where it should be, and returns the error to throw. */
export async function recordApprovalRefusal(ctx: Ctx, row: DetailRow, error: unknown): Promise<unknown> {
  if (!isDomainError(error) || !recorded.has(error.code)) return error;
  await recordRefusal(ctx, {
    kind: "approve",
    namespace: row.server.namespace.name,
    subject: toSubject(row.server.name, row.version),
    details: { code: error.code, detail: error.detail, versionId: row.id, manifestDigest: row.manifestDigest },
  });
  return error;
}
