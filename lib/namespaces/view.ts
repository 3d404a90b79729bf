import type { ManagedKeyView, RuleView } from "#lib/publishers/view.ts";

export type PolicyChangeView = {
  id: string;
  namespace: string | null;
  kind: string;
  summary: string;
  state: "waiting" | "applied" | "cancelled";
  proposedBy: string;
  proposedAt: string;
  /** When it applies by itself, where only one admin exists. */
  effectiveAt: string | null;
  mayConfirm: boolean;
  /** When the reader, an admin, may confirm it, where that is later; null also when waiting will not help. */
  confirmFrom: string | null;
  /** Why the reader, an admin, may not confirm what somebody else proposed. */
  confirmObstacle: string | null;
};
export type NamespaceSummaryView = {
  name: string;
  owners: { id: string; name: string }[];
  requiredApprovals: number;
  lifetimeDays: number;
  unpinned: "allow" | "refuse";
  maxPending: number;
  servers: number;
  pending: number;
  activeRules: number;
};
export type NamespaceView = NamespaceSummaryView & {
  rules: RuleView[];
  keys: ManagedKeyView[];
  changes: PolicyChangeView[];
};
/** What became of a requested change: done, or waiting for a second admin or its delay. */
export type ChangeOutcomeView = { applied: true } | { applied: false; change: PolicyChangeView };
