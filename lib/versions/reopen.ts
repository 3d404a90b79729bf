import type { z } from "zod";
import { requireFreshAdmin } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import { changeVersion, stateConflict } from "#lib/versions/change.ts";
import { getVersion } from "#lib/versions/get.ts";
import { toSubject } from "#lib/versions/name.ts";
import { assertPendingRoom } from "#lib/versions/publish/admit.ts";
import { ReopenInput } from "#lib/versions/schemas.ts";
import { updateVersions } from "#lib/versions/store.ts";
import { isReopenable } from "#lib/versions/to-view.ts";
import type { VersionDetailView } from "#lib/versions/view.ts";

/**
 * Puts a rejected or withdrawn version back into review, with the bytes it always had. Approvals given before do not
 * count any more.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`, `state-conflict`, `pending-limit`
 */
export async function reopenVersion(ctx: Ctx, raw: z.input<typeof ReopenInput>): Promise<VersionDetailView> {
  requireFreshAdmin(ctx);
  const input = parseInput(ReopenInput, raw);
  await changeVersion(ctx, input, async (tx, row) => {
    if (!isReopenable(row)) throw stateConflict(row, "only rejected and withdrawn versions can be reopened");
    await assertPendingRoom(tx, await loadPublishPolicy(tx, row.server.namespace.name, { lock: true }));
    const { at } = await appendLedger(tx, ctx, {
      action: "version.reopen",
      subject: toSubject(input.name, input.version),
      namespace: row.server.namespace.name,
      details: { versionId: row.id, from: row.state, reason: input.reason, manifestDigest: row.manifestDigest },
    });
    const change = { statusMessage: input.reason, statusChangedAt: at, updatedAt: at };
    await updateVersions(tx, [row.id], { state: "pending", ...change });
  });
  return getVersion(ctx, input);
}
