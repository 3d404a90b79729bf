import { z } from "zod";
import { Key, Rule } from "#lib/api-docs/shapes/publishers.ts";
import { count, id, maybeText, maybeTime, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import type * as namespaces from "#lib/namespaces/view.ts";

export const PolicyChange = shapeOf<namespaces.PolicyChangeView>()(
  z.strictObject({
    id,
    namespace: maybeText,
    kind: text,
    summary: text,
    state: z.enum(["waiting", "applied", "cancelled"]),
    proposedBy: text,
    proposedAt: time,
    effectiveAt: maybeTime.describe("When it applies by itself, where only one admin exists."),
    mayConfirm: z.boolean(),
    confirmFrom: maybeTime.describe("When the reader may confirm it, where that is later."),
    confirmObstacle: maybeText.describe("Why the reader may not confirm what somebody else proposed."),
  }),
);
export const PolicyChanges = z.strictObject({ changes: z.array(PolicyChange) });

export const ChangeOutcome = shapeOf<namespaces.ChangeOutcomeView>()(
  z.discriminatedUnion("applied", [
    z.strictObject({ applied: z.literal(true) }),
    z.strictObject({ applied: z.literal(false), change: PolicyChange.describe("What waits for a second admin.") }),
  ]),
);

const summary = {
  name: text,
  owners: z.array(z.strictObject({ id, name: text })),
  requiredApprovals: z.int().min(1),
  lifetimeDays: z.int().min(1),
  unpinned: z.enum(["allow", "refuse"]),
  maxPending: z.int().min(1),
  servers: count,
  pending: count,
  activeRules: count,
};
export const NamespaceSummary = shapeOf<namespaces.NamespaceSummaryView>()(z.strictObject(summary));
export const Namespaces = z.strictObject({ namespaces: z.array(NamespaceSummary) });
export const Namespace = shapeOf<namespaces.NamespaceView>()(
  z.strictObject({ ...summary, rules: z.array(Rule), keys: z.array(Key), changes: z.array(PolicyChange) }),
);
