import { z } from "zod";

/** New values of a namespace's policy; absent ones stay. */
export const policyPatchSchema = z.strictObject({
  requiredApprovals: z.int().min(1).max(10).optional(),
  lifetimeDays: z.int().min(1).max(730).optional(),
  unpinned: z.enum(["allow", "refuse"]).optional(),
  maxPending: z.int().min(1).max(1000).optional(),
});
export type PolicyPatch = z.infer<typeof policyPatchSchema>;

const payloads = {
  "namespace-policy": policyPatchSchema,
  "activate-rule": z.strictObject({ ruleId: z.uuid() }),
};

export type ChangeKind = keyof typeof payloads;

/** What a loosening does when it applies. Closed. */
export type ChangeEffect =
  | { kind: "namespace-policy"; payload: PolicyPatch }
  | { kind: "activate-rule"; payload: { ruleId: string } };

/** A stored change as its effect; null for a row nothing here wrote. */
export function findEffect({ kind, payload }: { kind: string; payload: unknown }): ChangeEffect | null {
  if (kind === "namespace-policy") {
    const { data } = payloads[kind].safeParse(payload);
    return data ? { kind, payload: data } : null;
  }
  if (kind !== "activate-rule") return null;
  const { data } = payloads[kind].safeParse(payload);
  return data ? { kind, payload: data } : null;
}

/** A stored change as its effect. @throws Error for a row nothing here wrote. */
export function toEffect(row: { kind: string; payload: unknown }): ChangeEffect {
  const effect = findEffect(row);
  if (!effect) throw new Error(`No policy change of ours: ${row.kind.slice(0, 100)}`);
  return effect;
}
