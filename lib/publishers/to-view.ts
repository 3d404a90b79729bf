import type { KeyRow, RuleRow } from "#lib/publishers/store.ts";
import { toRuleInput } from "#lib/publishers/to-rule-input.ts";
import type { GitHubActionsClaimsView, ManagedKeyView, RuleView } from "#lib/publishers/view.ts";
import { describeRule } from "#lib/signing/index.ts";

/** @param names of people, by id. */
export function toKeyView(row: KeyRow, names: ReadonlyMap<string, string>): ManagedKeyView {
  return {
    id: row.id,
    namespace: row.namespace.name,
    label: row.label,
    hint: row.hint,
    spkiPem: row.spkiPem,
    algorithm: row.algorithm,
    controllers: row.controllerIds.map((id) => ({ id, name: names.get(id) ?? "unknown" })),
    notBefore: row.notBefore.toISOString(),
    notAfter: row.notAfter?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedReason: row.revokedReason,
  };
}

export function toRuleView(row: RuleRow): RuleView {
  const { id, state, label, trustRoot, managedKey: key, allowMessageSignatures } = row;
  return {
    id,
    namespace: row.namespace.name,
    kind: row.kind === "key" ? "key" : "github-actions",
    state,
    label,
    summary: describeRule(toRuleInput(row)),
    trustRoot: trustRoot && toRootRef(trustRoot),
    key: key && { id: key.id, label: key.label, hint: key.hint },
    claims: row.kind === "key" ? null : (row.claims as GitHubActionsClaimsView),
    allowMessageSignatures,
    createdAt: row.createdAt.toISOString(),
    activatedAt: row.activatedAt?.toISOString() ?? null,
    retiredAt: row.retiredAt?.toISOString() ?? null,
  };
}

function toRootRef({ slug, label, version, sha256, demo }: NonNullable<RuleRow["trustRoot"]>) {
  return { slug, label, version, sha256, demo };
}
