import { DomainError } from "#lib/core/errors.ts";

export function namespaceNotFound(): DomainError {
  return new DomainError("not-found", "There is no such namespace.");
}
