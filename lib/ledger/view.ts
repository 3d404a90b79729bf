export type LedgerEntryView = {
  seq: number;
  at: string;
  action: string;
  actor: string;
  subject: string;
  namespace: string | null;
  sha256: string;
  prevSha256: string;
  /** The exact bytes, as text: their SHA-256 is `sha256`. */
  body: string;
};
export type RefusalEntryView = Omit<LedgerEntryView, "action" | "actor"> & { kind: string };
export type LedgerPageView<Row> = { items: Row[] /** Pass as `before` for the next page. */; next: number | null };
export type ChainName = "ledger" | "refusals";
export type ChainStateView = {
  chain: ChainName;
  entries: number;
  head: { seq: number; sha256: string; at: string };
  intact: boolean;
  /** First broken event, when it is not. */
  broken: { seq: number; reason: string } | null;
  /** Audit heads in approvals that were compared. */
  auditHeadsChecked: number;
};
