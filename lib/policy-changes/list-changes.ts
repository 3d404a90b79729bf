import { z } from "zod";
import { listInsideNamespaces, requireReader } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { findNames, listChangeRows } from "#lib/policy-changes/store.ts";
import { toChangeView } from "#lib/policy-changes/to-view.ts";

export const listChangesSchema = z.strictObject({ state: z.enum(["waiting", "applied", "cancelled"]).optional() });

/** Changes of the namespaces the caller has something to do with, newest first, at most 200. */
export async function listChanges(ctx: Ctx, input: unknown = {}): Promise<PolicyChangeView[]> {
  const actor = requireReader(ctx);
  const { state } = parseInput(listChangesSchema, input);
  const rows = await listChangeRows(listInsideNamespaces(actor), state ?? null);
  const names = await findNames(rows.map((row) => row.proposedById));
  return rows.map((row) => toChangeView(row, names, actor));
}
