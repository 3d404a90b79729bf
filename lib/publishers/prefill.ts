import { requireOwner, requirePerson } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { getRefusal } from "#lib/ledger/index.ts";
import { prefillSchema } from "#lib/publishers/schemas.ts";
import type { RulePrefillView } from "#lib/publishers/view.ts";
import { toRulePrefill } from "#lib/signing/index.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

type RefusedUploadBody = { details?: { identity?: VerifiedIdentity | null; trustRootSlug?: string | null } };

/**
 * Claims for a new rule from the *verified* identity of a refused upload, as narrow as it was. Changes nothing: the form
 * it fills still goes through `addRule`.
 * @throws DomainError `forbidden`, `not-found`; `state-conflict` when verification did not get as far as an identity for
 * which rules of this kind exist.
 */
export async function prefillFromRefusal(ctx: Ctx, input: unknown): Promise<RulePrefillView> {
  requirePerson(ctx);
  const { seq } = parseInput(prefillSchema, input);
  const entry = await getRefusal(ctx, { seq });
  const namespace = entry.namespace ?? "";
  requireOwner(ctx, namespace);
  const { details } = JSON.parse(entry.body) as RefusedUploadBody;
  const identity = entry.kind === "publish" ? (details?.identity ?? null) : null;
  const claims = identity && toRulePrefill(identity);
  if (!identity || !claims || !details?.trustRootSlug) {
    throw new DomainError("state-conflict", "This refusal has no verified identity to make a rule from.");
  }
  return { namespace, trustRootSlug: details.trustRootSlug, claims, identity };
}
