import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { prefillFromRefusal } from "#lib/publishers/index.ts";
import type { RulePrefillView } from "#lib/publishers/view.ts";

/** Values for the form from refusal number `seq`; null where that refusal has none for this namespace. */
export async function readPrefill(ctx: Ctx, namespace: string, seq: string): Promise<RulePrefillView | null> {
  if (seq === "") return null;
  try {
    const prefill = await prefillFromRefusal(ctx, { seq });
    return prefill.namespace.toLowerCase() === namespace.toLowerCase() ? prefill : null;
  } catch (error) {
    if (isDomainError(error) && error.code === "state-conflict") return null;
    throw error;
  }
}
