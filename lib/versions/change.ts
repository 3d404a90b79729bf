import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { versionNotFound } from "#lib/versions/get.ts";
import type { VersionInput } from "#lib/versions/schemas.ts";
import { type DetailRow, findVisibleId, lockVersion } from "#lib/versions/store.ts";
import { requireViewer, scopeOf } from "#lib/versions/visibility.ts";

/**
 * Runs `work` in one transaction with the version locked, after asking whether the caller may see it.
 * @throws DomainError `not-found`, the same for missing and invisible; `unauthenticated`, `forbidden`.
 */
export async function changeVersion<T>(
  ctx: Ctx,
  { name, version }: VersionInput,
  work: (tx: Tx, row: DetailRow) => Promise<T>,
): Promise<T> {
  const scope = scopeOf(requireViewer(ctx));
  return transact(async (tx) => {
    const found = await findVisibleId(tx, scope, name, version);
    if (!found) throw versionNotFound();
    return work(tx, await lockVersion(tx, found.server.namespaceId, found.id));
  });
}

/** @throws DomainError `state-conflict` naming the state it is in. */
export function stateConflict(row: Pick<DetailRow, "state">, possible: string): DomainError {
  const extensions = { state: row.state };
  return new DomainError("state-conflict", `This version is ${row.state}; ${possible}.`, { extensions });
}
