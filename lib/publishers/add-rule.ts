import { requireFresh, requireOwner } from "#lib/access/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import type { ChangeOutcomeView } from "#lib/namespaces/view.ts";
import { proposeChange } from "#lib/policy-changes/index.ts";
import { type AddRuleInput, addRuleSchema } from "#lib/publishers/schemas.ts";
import {
  countLiveRules,
  findKeyById,
  findRuleById,
  insertRule,
  listActiveRootRows,
  lockNamespace,
  type NewRule,
  type RuleRow,
} from "#lib/publishers/store.ts";
import { toRuleInput } from "#lib/publishers/to-rule-input.ts";
import { describeRule } from "#lib/signing/index.ts";

const maxRules = 50;

/**
 * Adds a publisher rule: always a loosening, so it waits for a second admin (see `proposeChange`). Its content never
 * changes; to edit, retire it and add another.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`; `invalid-input` for a key that is revoked or
 * another namespace's, a trust root that is not in force, or an issuer it may not speak for; `conflict` beyond 50 rules.
 */
export async function addRule(ctx: Ctx, input: unknown): Promise<ChangeOutcomeView> {
  const rule = parseInput(addRuleSchema, input);
  const actor = requireOwner(ctx, rule.namespace);
  requireFresh(ctx);
  return transact(async (tx) => {
    const namespace = await lockNamespace(tx, rule.namespace);
    if (!namespace) throw new DomainError("not-found", "There is no such namespace.");
    if ((await countLiveRules(tx, namespace.id)) >= maxRules) {
      throw new DomainError("conflict", `${maxRules} rules are enough: retire some.`);
    }
    const row = await store(tx, ctx, actor, rule, namespace.id);
    return proposeChange(tx, ctx, actor, {
      namespace,
      effect: { kind: "activate-rule", payload: { ruleId: row.id } },
      summary: `new publisher rule: ${describeRule(toRuleInput(row))}`,
      action: "rule.add",
      details: toDetails(row),
    });
  });
}

async function store(tx: Tx, ctx: Ctx, actor: PersonActor, rule: AddRuleInput, namespaceId: string): Promise<RuleRow> {
  const target = rule.kind === "key" ? await readKeyTarget(tx, rule, namespaceId) : await readRootTarget(tx, rule);
  const { label, allowMessageSignatures } = rule;
  const id = await insertRule(tx, {
    namespaceId,
    label,
    allowMessageSignatures,
    ...target,
    createdById: actor.personId,
    createdAt: ctx.now(),
  });
  const row = await findRuleById(tx, id);
  if (!row) throw new Error("A rule just written cannot be read.");
  return row;
}

type Target = Pick<NewRule, "kind" | "managedKeyId" | "trustRootSlug" | "trustRootId" | "claims">;

async function readKeyTarget(tx: Tx, rule: AddRuleInput & { kind: "key" }, namespaceId: string): Promise<Target> {
  const key = await findKeyById(tx, rule.managedKeyId);
  if (!key || key.namespaceId !== namespaceId || key.revokedAt) {
    throw invalid("/managedKeyId", "This is not a key of this namespace, or it is revoked.");
  }
  return { kind: "key", managedKeyId: key.id, trustRootSlug: null, trustRootId: null, claims: {} };
}

async function readRootTarget(tx: Tx, rule: AddRuleInput & { kind: "github-actions" }): Promise<Target> {
  const root = (await listActiveRootRows(tx)).find(({ slug }) => slug === rule.trustRootSlug);
  if (!root) throw invalid("/trustRootSlug", "There is no such trust root in force.");
  if (!root.issuers.includes(rule.claims.issuer)) {
    throw invalid("/claims/issuer", "This trust root may not speak for this issuer.");
  }
  const { claims } = rule;
  return { kind: "github_actions", managedKeyId: null, trustRootSlug: root.slug, trustRootId: root.id, claims };
}

function toDetails(row: RuleRow): Record<string, unknown> {
  const { id, kind, label, trustRootSlug, managedKeyId, claims, allowMessageSignatures } = row;
  return { rule: id, ruleKind: kind, label, trustRootSlug, managedKeyId, claims, allowMessageSignatures };
}

function invalid(pointer: string, detail: string): DomainError {
  return new DomainError("invalid-input", detail, { fields: [{ pointer, detail }] });
}
