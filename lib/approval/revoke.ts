import type { z } from "zod";
import { isAdmin, mayReview, requireFresh } from "#lib/access/authority.ts";
import { countersign } from "#lib/approval/countersign.ts";
import { findLatestId, touchLatest } from "#lib/approval/latest.ts";
import { toRevokedPredicate } from "#lib/approval/predicate.ts";
import { insertApproval } from "#lib/approval/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import type { Digest } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import type { Tx } from "#lib/db/transact.ts";
import { appendLedger, lockLedger } from "#lib/ledger/index.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import {
  changeVersion,
  type DetailRow,
  getVersion,
  isRevocable,
  RevokeInput,
  stateConflict,
  toSubject,
  updateVersions,
} from "#lib/versions/index.ts";
import type { VersionDetailView } from "#lib/versions/view.ts";

/**
 * Takes an approval back for good, with a signed statement of the next round. Also when it has expired: an expired
 * approval could be renewed, a revoked one never. One reviewer or administrator is enough.
 * @throws DomainError `reauthentication-required`, `not-found`, `forbidden`, `state-conflict`, `invalid-input`
 */
export async function revokeVersion(ctx: Ctx, raw: z.input<typeof RevokeInput>): Promise<VersionDetailView> {
  const person = requireFresh(ctx);
  const input = parseInput(RevokeInput, raw);
  await changeVersion(ctx, input, async (tx, row) => {
    if (!mayReview(person, row.server.namespace.name) && !isAdmin(person)) {
      throw new DomainError("forbidden", "Only a reviewer of the namespace or an administrator can revoke a version.");
    }
    if (!isRevocable(row)) throw stateConflict(row, "only approved versions can be revoked");
    await revoke(tx, ctx, row, person.personId, input.reason);
  });
  return getVersion(ctx, input);
}

async function revoke(tx: Tx, ctx: Ctx, row: DetailRow, personId: string, reason: string): Promise<void> {
  const namespace = row.server.namespace.name;
  const { policySha256 } = await loadPublishPolicy(tx, namespace, { lock: true });
  const latestBefore = await findLatestId(tx, row.serverId);
  const auditHead = await lockLedger(tx);
  const at = new Date(Math.max(ctx.now().getTime(), auditHead.at.getTime() + 1));
  const predicate = toRevokedPredicate({
    registryId: ctx.registryId,
    row,
    rules: row.bundles.map((bundle) => ({ id: bundle.ruleId, summary: bundle.ruleSummary })),
    policy: { sha256: policySha256, required: 1 },
    approvers: [personId],
    at,
    auditHead,
  });
  const signed = await countersign(predicate, row.manifestDigest as Digest);
  await insertApproval(tx, row.id, signed, null);
  const head = await appendLedger(tx, ctx, {
    action: "version.revoke",
    subject: toSubject(row.server.name, row.version),
    namespace,
    serverName: row.server.name,
    details: {
      versionId: row.id,
      manifestDigest: row.manifestDigest,
      round: predicate.round,
      approvalSha256: signed.approval.sha256,
      keyId: signed.approval.keyId,
      reason,
    },
  });
  const change = { statusMessage: reason, statusChangedAt: head.at, updatedAt: head.at, round: predicate.round };
  await updateVersions(tx, [row.id], { state: "revoked", ...change });
  await touchLatest(tx, latestBefore, await findLatestId(tx, row.serverId), head.at);
}
