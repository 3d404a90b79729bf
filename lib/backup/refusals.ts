import { DomainError } from "#lib/core/errors.ts";

/** The file is not, or not any more, what a registry wrote. */
export function damaged(detail: string, cause?: unknown): DomainError {
  return new DomainError("invalid-input", `The backup cannot be used: ${detail}. Nothing was restored.`, { cause });
}

/** The backup is whole, but does not belong here. */
export function unfit(detail: string, cause?: unknown): DomainError {
  return new DomainError("conflict", `${detail} Nothing was restored.`, { cause });
}
