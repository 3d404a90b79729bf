import type { LedgerRow, RefusalRow } from "#lib/ledger/store.ts";
import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";

const utf8 = new TextDecoder("utf-8");

export function toLedgerEntryView(row: LedgerRow): LedgerEntryView {
  return { ...linkOf(row), action: row.action, actor: row.actorLabel };
}

export function toRefusalEntryView(row: RefusalRow): RefusalEntryView {
  return { ...linkOf(row), kind: row.kind };
}

function linkOf(row: LedgerRow | RefusalRow) {
  return {
    seq: Number(row.seq),
    at: row.at.toISOString(),
    subject: row.subject,
    namespace: row.namespace,
    sha256: row.sha256,
    prevSha256: row.prevSha256,
    body: utf8.decode(row.body),
  };
}
