import type { z } from "zod";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { changeVersion, stateConflict } from "#lib/versions/change.ts";
import { getVersion } from "#lib/versions/get.ts";
import { toSubject } from "#lib/versions/name.ts";
import { WithdrawInput } from "#lib/versions/schemas.ts";
import { updateVersions } from "#lib/versions/store.ts";
import { mayWithdraw } from "#lib/versions/to-view.ts";
import type { VersionDetailView } from "#lib/versions/view.ts";

/**
 * Takes a pending version back. Its number stays used; an administrator can reopen the same bytes.
 * @throws DomainError `not-found`, `forbidden`, `state-conflict`, `invalid-input`
 */
export async function withdrawVersion(ctx: Ctx, raw: z.input<typeof WithdrawInput>): Promise<VersionDetailView> {
  const input = parseInput(WithdrawInput, raw);
  await changeVersion(ctx, input, async (tx, row) => {
    if (!mayWithdraw(row, ctx.actor)) {
      throw new DomainError("forbidden", "Only its uploader or an owner of the namespace can withdraw a version.");
    }
    if (row.state !== "pending") throw stateConflict(row, "only pending versions can be withdrawn");
    const reason = input.reason ?? null;
    const { at } = await appendLedger(tx, ctx, {
      action: "version.withdraw",
      subject: toSubject(input.name, input.version),
      namespace: row.server.namespace.name,
      details: { versionId: row.id, reason },
    });
    await updateVersions(tx, [row.id], {
      state: "withdrawn",
      statusMessage: reason,
      statusChangedAt: at,
      updatedAt: at,
    });
  });
  return getVersion(ctx, input);
}
