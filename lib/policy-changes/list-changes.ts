import { z } from "zod";
import { isAdmin, listInsideNamespaces, requireReader } from "#lib/access/index.ts";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { looseningDelayMs } from "#lib/policy-changes/delay.ts";
import { findObstacle, type Obstacle } from "#lib/policy-changes/independence.ts";
import { loadStanding } from "#lib/policy-changes/standing.ts";
import { type ChangeRow, findNames, listChangeRows } from "#lib/policy-changes/store.ts";
import { toChangeView } from "#lib/policy-changes/to-view.ts";

export const listChangesSchema = z.strictObject({ state: z.enum(["waiting", "applied", "cancelled"]).optional() });

/** Changes of the namespaces the caller has something to do with, newest first, at most 200. */
export async function listChanges(ctx: Ctx, input: unknown = {}): Promise<PolicyChangeView[]> {
  const actor = requireReader(ctx);
  const { state } = parseInput(listChangesSchema, input);
  const rows = await listChangeRows(listInsideNamespaces(actor), state ?? null);
  const names = await findNames(rows.map((row) => row.proposedById));
  const obstacles = await findObstacles(ctx, actor, rows);
  return rows.map((row) => toChangeView(row, names, actor, obstacles.get(row.id)));
}

/** What keeps the reader, if an admin, from confirming what others proposed. */
async function findObstacles(ctx: Ctx, reader: Actor, rows: ChangeRow[]): Promise<Map<string, Obstacle>> {
  const found = new Map<string, Obstacle>();
  if (reader.kind !== "person" || !isAdmin(reader)) return found;
  const others = rows.filter((row) => row.state === "waiting" && row.proposedById !== reader.personId);
  if (others.length === 0) return found;
  const [now, delayMs] = [ctx.now(), looseningDelayMs()];
  const resetsAfter = new Date(now.getTime() - delayMs);
  const standing = await transact((tx) => loadStanding(tx, others, reader.personId, resetsAfter));
  for (const row of others) {
    const obstacle = findObstacle(standing, row, reader.personId, { now, delayMs });
    if (obstacle) found.set(row.id, obstacle);
  }
  return found;
}
