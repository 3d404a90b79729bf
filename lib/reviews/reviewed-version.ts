import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { requireReviewScope } from "#lib/reviews/scope.ts";
import { findIdInScope } from "#lib/reviews/store.ts";
import { type DetailRow, findVersionById } from "#lib/versions/index.ts";

/**
 * A version whose review the caller may see.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found`, the same for missing and invisible.
 */
export async function getReviewedVersion(ctx: Ctx, versionId: string): Promise<DetailRow> {
  const id = await findIdInScope(requireReviewScope(ctx), versionId);
  const row = id === null ? null : await findVersionById(null, id);
  if (!row) throw new DomainError("not-found", "There is no such review.");
  return row;
}

/** What is posted is not what a reviewer would be shown now. */
export function reviewChanged(): DomainError {
  return new DomainError("review-changed", "Something in this review changed since you read it. Read it again.");
}
