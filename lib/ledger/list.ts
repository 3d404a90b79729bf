import { requireAuditor } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { EntryInput, ListLedgerInput, ListRefusalsInput } from "#lib/ledger/schemas.ts";
import { findLedgerRow, findLedgerRows, findRefusalRow, findRefusalRows } from "#lib/ledger/store.ts";
import { toLedgerEntryView, toRefusalEntryView } from "#lib/ledger/to-view.ts";
import type { LedgerEntryView, LedgerPageView, RefusalEntryView } from "#lib/ledger/view.ts";

/**
 * The ledger, newest first. For auditors and admins.
 * @throws forbidden; invalid-input
 */
export async function listLedger(ctx: Ctx, raw: ListLedgerInput): Promise<LedgerPageView<LedgerEntryView>> {
  requireAuditor(ctx);
  const input = parseInput(ListLedgerInput, raw);
  return toPage((await findLedgerRows({ ...input, limit: input.limit + 1 })).map(toLedgerEntryView), input.limit);
}

/** @throws forbidden; invalid-input; not-found */
export async function getLedgerEntry(ctx: Ctx, raw: EntryInput): Promise<LedgerEntryView> {
  requireAuditor(ctx);
  const row = await findLedgerRow(parseInput(EntryInput, raw).seq);
  if (!row) throw new DomainError("not-found", "There is no event with this number.");
  return toLedgerEntryView(row);
}

/**
 * The refusal chain, newest first. For auditors and admins.
 * @throws forbidden; invalid-input
 */
export async function listRefusals(ctx: Ctx, raw: ListRefusalsInput): Promise<LedgerPageView<RefusalEntryView>> {
  requireAuditor(ctx);
  const input = parseInput(ListRefusalsInput, raw);
  return toPage((await findRefusalRows({ ...input, limit: input.limit + 1 })).map(toRefusalEntryView), input.limit);
}

/** @throws forbidden; invalid-input; not-found */
export async function getRefusal(ctx: Ctx, raw: EntryInput): Promise<RefusalEntryView> {
  requireAuditor(ctx);
  const row = await findRefusalRow(parseInput(EntryInput, raw).seq);
  if (!row) throw new DomainError("not-found", "There is no refusal with this number.");
  return toRefusalEntryView(row);
}

/** `rows` holds one more than `limit` when there is a next page. */
function toPage<Row extends { seq: number }>(rows: Row[], limit: number): LedgerPageView<Row> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
}
