import { requireFresh, requireOwner } from "#lib/access/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { describePatch, splitPatch } from "#lib/namespaces/loosening.ts";
import { namespaceNotFound } from "#lib/namespaces/not-found.ts";
import { updateNamespaceSchema } from "#lib/namespaces/schemas.ts";
import { lockNamespace, type NamespaceFacts, setPolicy } from "#lib/namespaces/store.ts";
import type { ChangeOutcomeView } from "#lib/namespaces/view.ts";
import { type PolicyPatch, proposeChange, supersedeChanges } from "#lib/policy-changes/index.ts";

/**
 * Changes a namespace's policy. What is stricter counts at once; what is looser waits for a second admin (see
 * `proposeChange`) and needs a fresh sign-in. Waiting loosenings of the same settings are void with this.
 * @returns applied, or the change that waits; a mixed request applies its stricter part and answers with the waiting one.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `not-found`.
 */
export async function updateNamespace(ctx: Ctx, input: unknown): Promise<ChangeOutcomeView> {
  const named = parseInput(updateNamespaceSchema, input);
  const { name, ...patch } = named;
  const actor = requireOwner(ctx, name);
  return transact(async (tx) => {
    const namespace = await lockNamespace(tx, name);
    if (!namespace) throw namespaceNotFound();
    const { atOnce, loosening } = splitPatch(namespace, patch);
    const asked = Object.keys(patch);
    if (asked.length === 0) throw new DomainError("invalid-input", "Name at least one setting to change.");
    if (Object.keys(loosening).length > 0) requireFresh(ctx);
    await supersedeChanges(tx, ctx, namespace.id, (effect) => touches(effect.payload, asked), "namespace-policy");
    await applyAtOnce(tx, ctx, namespace, atOnce);
    return propose(tx, ctx, actor, namespace, loosening);
  });
}

function touches(payload: object, asked: readonly string[]): boolean {
  return Object.keys(payload).some((key) => asked.includes(key));
}

async function applyAtOnce(tx: Tx, ctx: Ctx, namespace: NamespaceFacts, patch: PolicyPatch): Promise<void> {
  if (Object.keys(patch).length === 0) return;
  await setPolicy(tx, namespace.id, patch);
  const { name } = namespace;
  const details = { summary: describePatch(namespace, patch), after: patch };
  await appendLedger(tx, ctx, { action: "namespace.update", subject: name, namespace: name, details });
}

async function propose(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor,
  namespace: NamespaceFacts,
  patch: PolicyPatch,
): Promise<ChangeOutcomeView> {
  if (Object.keys(patch).length === 0) return { applied: true };
  return proposeChange(tx, ctx, actor, {
    namespace,
    effect: { kind: "namespace-policy", payload: patch },
    summary: describePatch(namespace, patch),
    action: "namespace.update",
    details: { after: patch },
  });
}
