import { listReaders, type ReadersQuery } from "#lib/channels/index.ts";
import type { ReadersView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";

/** Who resolved a version; null for people who may not know that. */
export async function findReaders(
  ctx: Ctx,
  { name, version }: { name: string; version: string },
  query: ReadersQuery,
): Promise<ReadersView | null> {
  try {
    return await listReaders(ctx, { ...query, name, version });
  } catch (error) {
    if (isDomainError(error) && ["unauthenticated", "forbidden", "not-found"].includes(error.code)) return null;
    throw error;
  }
}
