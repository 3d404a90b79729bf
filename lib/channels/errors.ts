import { DomainError } from "#lib/core/errors.ts";

export function channelNotFound(): DomainError {
  return new DomainError("not-found", "There is no such channel.");
}

export function serverNotFound(): DomainError {
  return new DomainError("not-found", "There is no server of this name.");
}

/** Somebody else edited it since; what they did stays. */
export function editionConflict(edition: number): DomainError {
  return new DomainError("conflict", "The channel was changed since you read it. Look at it again and repeat.", {
    extensions: { edition },
  });
}

export function invalidField(pointer: string, detail: string): DomainError {
  return new DomainError("invalid-input", detail, { fields: [{ pointer, detail }] });
}
